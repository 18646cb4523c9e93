using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>command-select = "CLOSE" (RFC 9051 section 6.4.1)</summary>
public sealed record CloseCommand : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Close;

    internal static ImapCommand Parse(ref ImapScanner scanner) => new CloseCommand();
}
