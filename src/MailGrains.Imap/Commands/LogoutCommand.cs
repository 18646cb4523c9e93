using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>command-any = "LOGOUT" (RFC 9051 section 6.1.3)</summary>
public sealed record LogoutCommand : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Logout;

    internal static ImapCommand Parse(ref ImapScanner scanner) => new LogoutCommand();
}
