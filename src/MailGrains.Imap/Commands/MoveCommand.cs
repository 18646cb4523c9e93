using MailGrains.Imap.Syntax;
using MailGrains.Model;

namespace MailGrains.Imap.Commands;

public sealed record MoveCommand(NumberSet Set, MailboxName Mailbox, bool ByUid) : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Move;

    /// <summary>move = "MOVE" SP sequence-set SP mailbox (RFC 9051 section 6.4.8, RFC 6851)</summary>
    internal static ImapCommand Parse(ref ImapScanner scanner) => Parse(ref scanner, byUid: false);

    /// <summary>uid = "UID" SP move (RFC 9051 section 6.4.9)</summary>
    internal static ImapCommand ParseUid(ref ImapScanner scanner) => Parse(ref scanner, byUid: true);

    private static MoveCommand Parse(ref ImapScanner scanner, bool byUid)
    {
        scanner.Space();
        var set = scanner.SequenceSet();
        scanner.Space();
        return new MoveCommand(set, scanner.Mailbox(), byUid);
    }
}
