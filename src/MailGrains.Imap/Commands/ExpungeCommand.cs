using MailGrains.Imap.Syntax;
using MailGrains.Model;

namespace MailGrains.Imap.Commands;

/// <summary>EXPUNGE, or UID EXPUNGE of only these UIDs (RFC 4315).</summary>
public sealed record ExpungeCommand(NumberSet? Uids) : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Expunge;

    /// <summary>command-select = "EXPUNGE" (RFC 9051 section 6.4.3)</summary>
    internal static ImapCommand Parse(ref ImapScanner scanner) => new ExpungeCommand(Uids: null);

    /// <summary>uid-expunge = "UID" SP "EXPUNGE" SP sequence-set (RFC 9051 section 6.4.9)</summary>
    internal static ImapCommand ParseUid(ref ImapScanner scanner)
    {
        scanner.Space();
        return new ExpungeCommand(scanner.SequenceSet());
    }
}
