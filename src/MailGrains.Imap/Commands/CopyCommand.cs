using MailGrains.Imap.Syntax;
using MailGrains.Model;

namespace MailGrains.Imap.Commands;

public sealed record CopyCommand(NumberSet Set, MailboxName Mailbox, bool ByUid) : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Copy;

    /// <summary>copy = "COPY" SP sequence-set SP mailbox (RFC 9051 section 6.4.7)</summary>
    internal static ImapCommand Parse(ref ImapScanner scanner) => Parse(ref scanner, byUid: false);

    /// <summary>uid = "UID" SP copy (RFC 9051 section 6.4.9)</summary>
    internal static ImapCommand ParseUid(ref ImapScanner scanner) => Parse(ref scanner, byUid: true);

    private static CopyCommand Parse(ref ImapScanner scanner, bool byUid)
    {
        scanner.Space();
        var set = scanner.SequenceSet();
        scanner.Space();
        return new CopyCommand(set, scanner.Mailbox(), byUid);
    }
}
