namespace MailGrains.Cli.Mailstores;

/// <summary>One step through a mail store: a message, or what could not be read. <paramref name="Octets"/> of the store are behind it.</summary>
internal sealed record SourceItem(string Source, long Octets, SourceMessage? Message, string? Problem);
