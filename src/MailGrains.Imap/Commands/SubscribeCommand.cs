using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>subscribe = "SUBSCRIBE" SP mailbox (RFC 9051 section 6.3.7)</summary>
public sealed record SubscribeCommand(MailboxName Mailbox) : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Subscribe;

    internal static ImapCommand Parse(ref ImapScanner scanner)
    {
        scanner.Space();
        return new SubscribeCommand(scanner.Mailbox());
    }
}
