using System.Collections.Immutable;

namespace MailGrains.Imap.Syntax;

internal static class FlagList
{
    /// <summary>flag-list = "(" [flag *(SP flag)] ")" (RFC 9051 section 9)</summary>
    public static ImmutableArray<string> Parse(ref ImapScanner scanner)
    {
        scanner.Expect((byte)'(');
        if (scanner.TryTake((byte)')')) return [];
        var flags = ImmutableArray.CreateBuilder<string>();
        do flags.Add(scanner.Flag());
        while (scanner.TryTake((byte)' '));
        scanner.Expect((byte)')');
        return flags.ToImmutable();
    }
}
