using System.Collections.Immutable;
using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>ENABLE with the capabilities in upper case; unknown ones are to be ignored.</summary>
public sealed record EnableCommand(ImmutableArray<string> Capabilities) : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Enable;

    /// <summary>enable = "ENABLE" 1*(SP capability) (RFC 9051 section 6.3.1)</summary>
    internal static ImapCommand Parse(ref ImapScanner scanner)
    {
        var capabilities = ImmutableArray.CreateBuilder<string>();
        scanner.Space();
        do capabilities.Add(scanner.AtomText().ToUpperInvariant());
        while (scanner.TryTake((byte)' '));
        return new EnableCommand(capabilities.ToImmutable());
    }
}
