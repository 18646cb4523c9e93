namespace MailGrains.Frontends.Connections;

/// <summary>What the handshake agreed on, for the <c>Received</c> line, the log and policy.</summary>
/// <param name="Protocol">For example <c>TLSv1.3</c>.</param>
/// <param name="Cipher">The cipher suite by its registered name.</param>
/// <param name="ServerName">The name the client asked for (SNI), empty when it sent none.</param>
public sealed record TlsInfo(string Protocol, string Cipher, string ServerName);
