using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>unsubscribe = "UNSUBSCRIBE" SP mailbox (RFC 9051 section 6.3.8)</summary>
public sealed record UnsubscribeCommand(MailboxName Mailbox) : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Unsubscribe;

    internal static ImapCommand Parse(ref ImapScanner scanner)
    {
        scanner.Space();
        return new UnsubscribeCommand(scanner.Mailbox());
    }
}
