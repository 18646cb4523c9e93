using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>command-any = "CAPABILITY" (RFC 9051 section 6.1.1)</summary>
public sealed record CapabilityCommand : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Capability;

    internal static ImapCommand Parse(ref ImapScanner scanner) => new CapabilityCommand();
}
