using System.Collections.Immutable;
using System.Text;
using MailGrains.Model.Search;

namespace MailGrains.Imap.Syntax;

/// <summary>
/// Parses search keys (RFC 9051 section 6.4.4). It recurses as deep as the keys nest, which is refused at
/// <see cref="SearchKey.MaxDepth"/>.
/// </summary>
internal sealed class SearchProgram
{
    private static readonly SearchKey All = new SearchKey.All();

    private Encoding? _charset;

    public bool UsesModSeq { get; private set; }

    public bool UsesNumbers { get; private set; }

    /// <summary>The charset is none that is supported; the keys are parsed all the same, which says whether it is a command at all.</summary>
    public bool HasUnknownCharset { get; private set; }

    /// <summary>search-program = ["CHARSET" SP charset SP] search-key *(SP search-key)</summary>
    public SearchKey Parse(ref ImapScanner scanner)
    {
        if (scanner.TryWord("CHARSET"u8))
        {
            scanner.Space();
            HasUnknownCharset = !Charsets.TryGet(scanner.AStringText(), out _charset);
            if (HasUnknownCharset) _charset = Encoding.Latin1;
            scanner.Space();
        }

        return Keys(ref scanner, depth: 1);
    }

    /// <summary>search-key *(SP search-key), joined by AND</summary>
    private SearchKey Keys(ref ImapScanner scanner, int depth)
    {
        var first = Key(ref scanner, depth + 1);
        if (scanner.Peek != ' ') return first;
        var keys = ImmutableArray.CreateBuilder<SearchKey>();
        keys.Add(first);
        while (scanner.TryTake((byte)' ')) keys.Add(Key(ref scanner, depth + 1));
        return new SearchKey.And(keys.DrainToImmutable());
    }

    private SearchKey Key(ref ImapScanner scanner, int depth)
    {
        // A leaf may be three nodes deep: NEW is And(Recent, Not(Flag)).
        if (depth > SearchKey.MaxDepth - 2) scanner.Fail("Search keys nest too deeply");
        if (scanner.TryTake((byte)'('))
        {
            var keys = Keys(ref scanner, depth);
            scanner.Expect((byte)')');
            return keys;
        }

        if (scanner.Peek is (>= '0' and <= '9') or '*' or '$')
        {
            UsesNumbers |= scanner.Peek != '$';
            return new SearchKey.Numbers(scanner.SequenceSet(), ByUid: false);
        }

        var name = scanner.Failed ? "" : scanner.Word();
        return Flags(name) ?? Nested(name, ref scanner, depth) ?? WithArgument(name, ref scanner);
    }

    private static SearchKey? Flags(string name) => name switch
    {
        "ALL" => All,
        "ANSWERED" => new SearchKey.Flag(@"\Answered"),
        "DELETED" => new SearchKey.Flag(@"\Deleted"),
        "DRAFT" => new SearchKey.Flag(@"\Draft"),
        "FLAGGED" => new SearchKey.Flag(@"\Flagged"),
        "SEEN" => new SearchKey.Flag(@"\Seen"),
        "UNANSWERED" => Not(new SearchKey.Flag(@"\Answered")),
        "UNDELETED" => Not(new SearchKey.Flag(@"\Deleted")),
        "UNDRAFT" => Not(new SearchKey.Flag(@"\Draft")),
        "UNFLAGGED" => Not(new SearchKey.Flag(@"\Flagged")),
        "UNSEEN" => Not(new SearchKey.Flag(@"\Seen")),
        "RECENT" => new SearchKey.Recent(),
        "OLD" => Not(new SearchKey.Recent()),
        "NEW" => new SearchKey.And([new SearchKey.Recent(), new SearchKey.Not(new SearchKey.Flag(@"\Seen"))]),
        "SAVEDATESUPPORTED" => new SearchKey.SaveDateSupported(),
        _ => null,
    };

    /// <summary>"NOT" SP search-key / "OR" SP search-key SP search-key</summary>
    private SearchKey? Nested(string name, ref ImapScanner scanner, int depth)
    {
        if (name is not ("NOT" or "OR")) return null;
        scanner.Space();
        var left = Key(ref scanner, depth + 1);
        if (name == "NOT") return Not(left);
        scanner.Space();
        return new SearchKey.Or(left, Key(ref scanner, depth + 1));
    }

    private SearchKey WithArgument(string name, ref ImapScanner scanner)
    {
        scanner.Space();
        switch (name)
        {
            case "BCC": return new SearchKey.Header("Bcc", Text(ref scanner));
            case "CC": return new SearchKey.Header("Cc", Text(ref scanner));
            case "FROM": return new SearchKey.Header("From", Text(ref scanner));
            case "SUBJECT": return new SearchKey.Header("Subject", Text(ref scanner));
            case "TO": return new SearchKey.Header("To", Text(ref scanner));
            case "HEADER": return Header(ref scanner);
            case "BODY": return new SearchKey.Body(Text(ref scanner));
            case "TEXT": return new SearchKey.Text(Text(ref scanner));
            case "KEYWORD": return new SearchKey.Flag(scanner.AtomText());
            case "UNKEYWORD": return Not(new SearchKey.Flag(scanner.AtomText()));
            case "LARGER": return new SearchKey.Larger(scanner.Number64());
            case "SMALLER": return new SearchKey.Smaller(scanner.Number64());
            case "UID": return new SearchKey.Numbers(scanner.SequenceSet(), ByUid: true);
            case "OLDER": return new SearchKey.Within(Older: true, scanner.NonZeroNumber());
            case "YOUNGER": return new SearchKey.Within(Older: false, scanner.NonZeroNumber());
            case "MODSEQ": return ModSeq(ref scanner);
            case "EMAILID": return new SearchKey.EmailIdIs(scanner.AtomText());
            case "THREADID": return new SearchKey.ThreadIdIs(scanner.AtomText());
            default: return Date(name, ref scanner);
        }
    }

    /// <summary>["SENT" / "SAVED"] ("BEFORE" / "ON" / "SINCE") SP date (RFC 9051, RFC 8514)</summary>
    private static SearchKey Date(string name, ref ImapScanner scanner)
    {
        var of = name.StartsWith("SENT", StringComparison.Ordinal) ? SearchDate.Sent
            : name.StartsWith("SAVED", StringComparison.Ordinal) ? SearchDate.Saved
            : SearchDate.Internal;
        var rest = of switch { SearchDate.Sent => name[4..], SearchDate.Saved => name[5..], _ => name };
        switch (rest)
        {
            case "BEFORE": return new SearchKey.Date(of, DateRelation.Before, scanner.Date());
            case "ON": return new SearchKey.Date(of, DateRelation.On, scanner.Date());
            case "SINCE": return new SearchKey.Date(of, DateRelation.Since, scanner.Date());
            default:
                scanner.Fail("Unknown search key");
                return All;
        }
    }

    /// <summary>"HEADER" SP header-fld-name SP astring</summary>
    private SearchKey.Header Header(ref ImapScanner scanner)
    {
        var field = scanner.AStringText();
        scanner.Space();
        return new SearchKey.Header(field, Text(ref scanner));
    }

    /// <summary>search-modsequence = "MODSEQ" [SP entry-name SP entry-type-req] SP mod-sequence-valzer (RFC 7162 section 7)</summary>
    private SearchKey.ChangedSince ModSeq(ref ImapScanner scanner)
    {
        UsesModSeq = true;
        if (scanner.Peek == '"')
        {
            // Only one counter is kept per message, so the entry does not narrow the search (RFC 7162 section 3.1.5).
            if (!scanner.StringText().StartsWith("/flags/", StringComparison.OrdinalIgnoreCase)) scanner.Fail("Unknown MODSEQ entry");
            scanner.Space();
            if (scanner.Word() is not ("PRIV" or "SHARED" or "ALL")) scanner.Fail("Unknown MODSEQ entry type");
            scanner.Space();
        }

        return new SearchKey.ChangedSince(scanner.Number64());
    }

    private string Text(ref ImapScanner scanner) =>
        _charset is null ? scanner.AStringText() : _charset.GetString(scanner.AString());

    private static SearchKey.Not Not(SearchKey key) => new(key);
}
