using MailGrains.Imap.Syntax;
using MailGrains.Model.Search;

namespace MailGrains.Imap.Commands;

/// <summary>SEARCH and UID SEARCH.</summary>
/// <param name="Key">The criterion, at most <see cref="SearchKey.MaxDepth"/> deep.</param>
/// <param name="ByUid">True for UID SEARCH: results are UIDs.</param>
/// <param name="Return">
/// Null without RETURN: an IMAP4rev1 session gets SEARCH, an IMAP4rev2 session ESEARCH ALL. <c>RETURN ()</c> is ALL.
/// </param>
/// <param name="UsesModSeq">
/// True when the MODSEQ criterion occurs: the result then carries the highest MODSEQ (RFC 7162 section 3.1.5).
/// </param>
/// <param name="UsesNumbers">True when a criterion names messages by sequence number.</param>
public sealed record SearchCommand(SearchKey Key, bool ByUid, SearchReturnOptions? Return, bool UsesModSeq, bool UsesNumbers) : ImapCommand
{
    /// <summary>Nothing is to be searched: the keys are in no charset that is supported (<see cref="ImapError.UnknownCharset"/>).</summary>
    public bool HasUnknownCharset { get; init; }

    public override CommandVerb Verb => CommandVerb.Search;

    /// <summary>
    /// search = "SEARCH" [search-return-opts] SP search-program; search-program = ["CHARSET" SP charset SP] search-key *(SP
    /// search-key) (RFC 9051 section 6.4.4)
    /// </summary>
    internal static ImapCommand Parse(ref ImapScanner scanner) => Parse(ref scanner, byUid: false);

    /// <summary>uid = "UID" SP search (RFC 9051 section 6.4.9)</summary>
    internal static ImapCommand ParseUid(ref ImapScanner scanner) => Parse(ref scanner, byUid: true);

    private static SearchCommand Parse(ref ImapScanner scanner, bool byUid)
    {
        scanner.Space();
        SearchReturnOptions? options = null;
        if (scanner.TryWord("RETURN"u8))
        {
            scanner.Space();
            options = ReturnOptions(ref scanner);
            scanner.Space();
        }

        var program = new SearchProgram();
        var key = program.Parse(ref scanner);
        return new SearchCommand(key, byUid, options, program.UsesModSeq, program.UsesNumbers) { HasUnknownCharset = program.HasUnknownCharset };
    }

    /// <summary>search-return-opts = SP "RETURN" SP "(" [search-return-opt *(SP search-return-opt)] ")"</summary>
    private static SearchReturnOptions ReturnOptions(ref ImapScanner scanner)
    {
        var options = SearchReturnOptions.None;
        scanner.Expect((byte)'(');
        if (scanner.TryTake((byte)')')) return SearchReturnOptions.All;
        do
        {
            if (scanner.TryWord("MIN"u8)) options |= SearchReturnOptions.Min;
            else if (scanner.TryWord("MAX"u8)) options |= SearchReturnOptions.Max;
            else if (scanner.TryWord("ALL"u8)) options |= SearchReturnOptions.All;
            else if (scanner.TryWord("COUNT"u8)) options |= SearchReturnOptions.Count;
            else if (scanner.TryWord("SAVE"u8)) options |= SearchReturnOptions.Save;
            else scanner.Fail("Unknown SEARCH return option");
        }
        while (scanner.TryTake((byte)' '));

        scanner.Expect((byte)')');
        return options;
    }
}
