namespace MailGrains.Frontends.Http.Evidence;

/// <summary>The log's name and its public key, in the text form of C2SP signed-note.</summary>
internal sealed record LogKeyView(string Name, string Key);
