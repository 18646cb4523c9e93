using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

public sealed record RenameCommand(MailboxName From, MailboxName To) : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Rename;

    /// <summary>rename = "RENAME" SP mailbox SP mailbox (RFC 9051 section 6.3.6)</summary>
    internal static ImapCommand Parse(ref ImapScanner scanner)
    {
        scanner.Space();
        var from = scanner.Mailbox();
        scanner.Space();
        return new RenameCommand(from, scanner.Mailbox());
    }
}
