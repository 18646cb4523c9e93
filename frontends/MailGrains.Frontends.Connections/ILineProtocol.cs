namespace MailGrains.Frontends.Connections;

/// <summary>A protocol that talks over a <see cref="LineConnection"/>. One instance serves every connection.</summary>
public interface ILineProtocol
{
    /// <summary>The name in logs and metrics: <c>imap</c>, <c>lmtp</c>.</summary>
    string Service { get; }

    /// <summary>One whole line, CRLF included, for a client that is turned away because a connection cap is reached.</summary>
    ReadOnlyMemory<byte> BusyReply { get; }

    /// <summary>
    /// Serves one client from greeting to goodbye. Returning ends the connection; what was written is flushed first.
    /// A peer that goes away shows as a completed read or an <see cref="IOException"/>, which need not be caught.
    /// </summary>
    Task RunAsync(LineConnection connection);
}
