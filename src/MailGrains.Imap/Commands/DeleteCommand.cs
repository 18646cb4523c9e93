using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>delete = "DELETE" SP mailbox (RFC 9051 section 6.3.5)</summary>
public sealed record DeleteCommand(MailboxName Mailbox) : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Delete;

    internal static ImapCommand Parse(ref ImapScanner scanner)
    {
        scanner.Space();
        return new DeleteCommand(scanner.Mailbox());
    }
}
