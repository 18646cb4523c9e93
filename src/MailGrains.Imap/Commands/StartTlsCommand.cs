using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>command-nonauth = "STARTTLS" (RFC 9051 section 6.2.1)</summary>
public sealed record StartTlsCommand : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.StartTls;

    internal static ImapCommand Parse(ref ImapScanner scanner) => new StartTlsCommand();
}
