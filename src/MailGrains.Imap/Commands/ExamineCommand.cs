using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>EXAMINE: SELECT, read-only.</summary>
public sealed record ExamineCommand(MailboxName Mailbox, bool CondStore = false, QresyncParameters? Qresync = null)
    : SelectCommand(Mailbox, CondStore, Qresync)
{
    public override CommandVerb Verb => CommandVerb.Examine;

    /// <summary>examine = "EXAMINE" SP mailbox [select-params] (RFC 9051 section 6.3.3)</summary>
    internal static new ImapCommand Parse(ref ImapScanner scanner)
    {
        scanner.Space();
        var mailbox = scanner.Mailbox();
        var (condStore, qresync) = Parameters(ref scanner);
        return new ExamineCommand(mailbox, condStore, qresync);
    }
}
