using System.Collections.Immutable;
using MailGrains.Imap.Syntax;

namespace MailGrains.Imap.Commands;

/// <summary>What the client says about itself; empty for NIL.</summary>
public sealed record IdCommand(ImmutableArray<KeyValuePair<string, string?>> Parameters) : ImapCommand
{
    // RFC 2971 section 3.3
    private const int MaxPairs = 30;
    private const int MaxField = 30;
    private const int MaxValue = 1024;

    public override CommandVerb Verb => CommandVerb.Id;

    /// <summary>
    /// id = "ID" SP id-params-list; id-params-list = "(" [string SP nstring *(SP string SP nstring)] ")" / nil (RFC 2971
    /// section 4)
    /// </summary>
    internal static ImapCommand Parse(ref ImapScanner scanner)
    {
        scanner.Space();
        var pairs = ImmutableArray.CreateBuilder<KeyValuePair<string, string?>>();
        if (scanner.TryWord("NIL"u8)) return new IdCommand([]);
        scanner.Expect((byte)'(');
        if (scanner.TryTake((byte)')')) return new IdCommand([]);
        do
        {
            var field = scanner.StringText();
            scanner.Space();
            var value = scanner.NStringText();
            pairs.Add(new(field, value));
            if (field.Length > MaxField || value?.Length > MaxValue || pairs.Count > MaxPairs) scanner.Fail("ID parameters too long");
        }
        while (scanner.TryTake((byte)' '));

        scanner.Expect((byte)')');
        return new IdCommand(pairs.ToImmutable());
    }
}
