namespace MailGrains.Cli.Mailstores;

/// <summary>A message found in a mail store on disk.</summary>
/// <param name="Folder">Where it belongs, levels separated by '/'.</param>
/// <param name="Source">Names it within the store, the same at every run.</param>
/// <param name="Flags">Names of IMAP flags, separated by blanks.</param>
/// <param name="Date">INTERNALDATE, when the store knows one.</param>
internal sealed record SourceMessage(string Folder, string Source, byte[] Octets, string Flags, DateTimeOffset? Date);
