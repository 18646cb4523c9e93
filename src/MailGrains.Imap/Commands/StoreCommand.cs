using System.Collections.Immutable;
using MailGrains.Imap.Syntax;
using MailGrains.Model;

namespace MailGrains.Imap.Commands;

/// <summary>STORE and UID STORE.</summary>
/// <param name="Set">Which messages.</param>
/// <param name="ByUid">True for UID STORE: the set holds UIDs, and every FETCH response carries UID.</param>
/// <param name="Mode">What to do with the flags.</param>
/// <param name="Flags">The flags as written; never \Recent.</param>
/// <param name="Silent">.SILENT</param>
/// <param name="UnchangedSince">UNCHANGEDSINCE (RFC 7162 section 3.1.3), 0 included, or null.</param>
public sealed record StoreCommand(
    NumberSet Set,
    bool ByUid,
    StoreMode Mode,
    ImmutableArray<string> Flags,
    bool Silent,
    long? UnchangedSince) : ImapCommand
{
    public override CommandVerb Verb => CommandVerb.Store;

    /// <summary>store = "STORE" SP sequence-set [store-modifiers] SP store-att-flags (RFC 9051 section 6.4.6)</summary>
    internal static ImapCommand Parse(ref ImapScanner scanner) => Parse(ref scanner, byUid: false);

    /// <summary>uid = "UID" SP store (RFC 9051 section 6.4.9)</summary>
    internal static ImapCommand ParseUid(ref ImapScanner scanner) => Parse(ref scanner, byUid: true);

    private static StoreCommand Parse(ref ImapScanner scanner, bool byUid)
    {
        scanner.Space();
        var set = scanner.SequenceSet();
        scanner.Space();
        long? unchangedSince = null;
        if (scanner.TryTake((byte)'('))
        {
            if (!scanner.TryWord("UNCHANGEDSINCE"u8)) scanner.Fail("Unknown STORE modifier");
            scanner.Space();
            unchangedSince = scanner.Number64();
            scanner.Expect((byte)')');
            scanner.Space();
        }

        var mode = scanner.TryTake((byte)'+') ? StoreMode.Add : scanner.TryTake((byte)'-') ? StoreMode.Remove : StoreMode.Replace;
        var silent = scanner.TryWord("FLAGS.SILENT"u8);
        if (!silent && !scanner.TryWord("FLAGS"u8)) scanner.Fail("Expected FLAGS");
        scanner.Space();
        return new StoreCommand(set, byUid, mode, StoreFlags(ref scanner), silent, unchangedSince);
    }

    /// <summary>store-att-flags = … SP (flag-list / (flag *(SP flag)))</summary>
    private static ImmutableArray<string> StoreFlags(ref ImapScanner scanner)
    {
        if (scanner.Peek == '(') return FlagList.Parse(ref scanner);
        var flags = ImmutableArray.CreateBuilder<string>();
        do flags.Add(scanner.Flag());
        while (scanner.TryTake((byte)' '));
        return flags.ToImmutable();
    }
}
