using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

public sealed record StatusCommand(MailboxName Mailbox, StatusItems Items) : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Status;

    /// <summary>status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")" (RFC 9051 section 6.3.11)</summary>
    internal static ImapCommand Parse(ref ImapScanner scanner)
    {
        scanner.Space();
        var mailbox = scanner.Mailbox();
        scanner.Space();
        return new StatusCommand(mailbox, ParseItems(ref scanner));
    }

    internal static StatusItems ParseItems(ref ImapScanner scanner)
    {
        var items = StatusItems.None;
        scanner.Expect((byte)'(');
        do
        {
            var item = Item(scanner.Word());
            if (item == StatusItems.None) scanner.Fail("Unknown STATUS item");
            items |= item;
        }
        while (scanner.TryTake((byte)' '));

        scanner.Expect((byte)')');
        return items;
    }

    private static StatusItems Item(string name) => name switch
    {
        "MESSAGES" => StatusItems.Messages,
        "RECENT" => StatusItems.Recent,
        "UIDNEXT" => StatusItems.UidNext,
        "UIDVALIDITY" => StatusItems.UidValidity,
        "UNSEEN" => StatusItems.Unseen,
        "DELETED" => StatusItems.Deleted,
        "SIZE" => StatusItems.Size,
        "HIGHESTMODSEQ" => StatusItems.HighestModSeq,
        "APPENDLIMIT" => StatusItems.AppendLimit,
        "MAILBOXID" => StatusItems.MailboxId,
        _ => StatusItems.None,
    };
}
