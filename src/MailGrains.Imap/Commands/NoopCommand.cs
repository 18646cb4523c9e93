using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>command-any = "NOOP" (RFC 9051 section 6.1.2)</summary>
public sealed record NoopCommand : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Noop;

    internal static ImapCommand Parse(ref ImapScanner scanner) => new NoopCommand();
}
