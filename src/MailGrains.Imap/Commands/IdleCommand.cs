using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>idle = "IDLE" CRLF "DONE" (RFC 9051 section 6.3.13, RFC 2177); DONE is a line of its own, see <see cref="ImapCommandReader.ReadLine"/></summary>
public sealed record IdleCommand : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Idle;

    internal static ImapCommand Parse(ref ImapScanner scanner) => new IdleCommand();
}
