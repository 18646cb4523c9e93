using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

public sealed record LsubCommand(MailboxName Reference, MailboxName Pattern) : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Lsub;

    /// <summary>lsub = "LSUB" SP mailbox SP list-mailbox (RFC 3501 section 6.3.9)</summary>
    internal static ImapCommand Parse(ref ImapScanner scanner)
    {
        scanner.Space();
        var reference = scanner.Mailbox();
        scanner.Space();
        return new LsubCommand(reference, scanner.ListMailbox());
    }
}
