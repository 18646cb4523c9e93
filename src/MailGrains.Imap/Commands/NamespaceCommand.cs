using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>namespace-command = "NAMESPACE" (RFC 9051 section 6.3.10, RFC 2342)</summary>
public sealed record NamespaceCommand : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Namespace;

    internal static ImapCommand Parse(ref ImapScanner scanner) => new NamespaceCommand();
}
