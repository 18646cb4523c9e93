using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>
/// append = "APPEND" SP mailbox 1*append-message (RFC 9051 section 6.3.12, RFC 3502). A well-formed one never gets here, but
/// goes through <see cref="ImapAppendReader"/>; this record exists so that APPEND before login fails for its state, not its syntax.
/// </summary>
public sealed record AppendCommand : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Append;

    internal static ImapCommand Parse(ref ImapScanner scanner)
    {
        scanner.Fail("APPEND needs a message literal, and a login before");
        return new AppendCommand();
    }
}
