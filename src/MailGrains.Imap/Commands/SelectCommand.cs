using System.Collections.Immutable;
using MailGrains.Imap.Syntax;
using MailGrains.Model;

namespace MailGrains.Imap.Commands;

/// <summary>SELECT, and EXAMINE, which differs only in that it opens read-only: <see cref="Verb"/> tells which.</summary>
public sealed record SelectCommand(CommandVerb Opening, MailboxName Mailbox, bool CondStore = false, QresyncParameters? Qresync = null) : ImapCommand
{
    public override CommandVerb Verb => Opening;

    /// <summary>select = "SELECT" SP mailbox [select-params] (RFC 9051 section 6.3.2)</summary>
    internal static ImapCommand Parse(ref ImapScanner scanner) => Parse(ref scanner, CommandVerb.Select);

    /// <summary>examine = "EXAMINE" SP mailbox [select-params] (RFC 9051 section 6.3.3)</summary>
    internal static ImapCommand ParseExamine(ref ImapScanner scanner) => Parse(ref scanner, CommandVerb.Examine);

    private static SelectCommand Parse(ref ImapScanner scanner, CommandVerb verb)
    {
        scanner.Space();
        var mailbox = scanner.Mailbox();
        var (condStore, qresync) = Parameters(ref scanner);
        return new SelectCommand(verb, mailbox, condStore, qresync);
    }

    /// <summary>
    /// select-params = SP "(" select-param *(SP select-param) ")"; condstore-param, select-param =/ "QRESYNC" SP "(" … ")" (RFC
    /// 7162 section 7)
    /// </summary>
    private static (bool CondStore, QresyncParameters? Qresync) Parameters(ref ImapScanner scanner)
    {
        var condStore = false;
        QresyncParameters? qresync = null;
        if (!scanner.TryTake((byte)' ')) return (condStore, qresync);
        scanner.Expect((byte)'(');
        do
        {
            if (scanner.TryWord("CONDSTORE"u8)) condStore = true;
            else if (qresync is null && scanner.TryWord("QRESYNC"u8)) qresync = QresyncParameter(ref scanner);
            else scanner.Fail("Unknown SELECT parameter");
        }
        while (scanner.TryTake((byte)' '));

        scanner.Expect((byte)')');
        return (condStore, qresync);
    }

    /// <summary>
    /// "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"; seq-match-data = "(" known-sequence-set
    /// SP known-uid-set ")"
    /// </summary>
    private static QresyncParameters QresyncParameter(ref ImapScanner scanner)
    {
        scanner.Space();
        scanner.Expect((byte)'(');
        var uidValidity = scanner.NonZeroNumber();
        scanner.Space();
        var modSeq = scanner.ModSequence();
        UidSet? known = null, sequences = null, uids = null;
        var more = scanner.TryTake((byte)' ');
        if (more && scanner.Peek != '(')
        {
            known = scanner.KnownSet().Resolve(uint.MaxValue);
            more = scanner.TryTake((byte)' ');
        }

        if (more)
        {
            scanner.Expect((byte)'(');
            sequences = scanner.KnownSet().Resolve(uint.MaxValue);
            scanner.Space();
            uids = scanner.KnownSet().Resolve(uint.MaxValue);
            scanner.Expect((byte)')');
            if (sequences.Count != uids.Count) scanner.Fail("Sequence numbers and UIDs differ in number");
        }

        scanner.Expect((byte)')');
        return new QresyncParameters(uidValidity, modSeq, known, sequences, uids);
    }
}
