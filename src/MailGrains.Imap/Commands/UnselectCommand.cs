using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>command-select = "UNSELECT" (RFC 9051 section 6.4.2, RFC 3691)</summary>
public sealed record UnselectCommand : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Unselect;

    internal static ImapCommand Parse(ref ImapScanner scanner) => new UnselectCommand();
}
