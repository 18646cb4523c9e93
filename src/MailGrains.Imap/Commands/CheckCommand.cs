using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>command-select = "CHECK" (RFC 3501 section 6.4.1)</summary>
public sealed record CheckCommand : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Check;

    internal static ImapCommand Parse(ref ImapScanner scanner) => new CheckCommand();
}
