using System.Diagnostics;
using MailGrains.Imap;
using MailGrains.Imap.Commands;
using Xunit;

namespace MailGrains.Protocol.Tests.Imap;

/// <summary>Hostile and broken commands, as far as the grammar alone answers them.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("LOGIN {2147483648}")]
    [InlineData("LOGIN {4294967296}")]
    [InlineData("LOGIN {-1}")]
    [InlineData("LOGIN {}")]
    [InlineData("LOGIN { 5}")]
    [InlineData("LOGIN {5")]
    [InlineData("LOGIN {9999999999}")]
    public void Unusable_literal_is_bad_and_asks_for_nothing(string arguments)
    {
        var line = $"a {arguments}\r\n";
        Assert.Equal([$"Command: {line}"], Feed.Whole(Feed.Octets(line)));
        Parsing.IsBad(arguments);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("()")]
    [InlineData("(()")]
    [InlineData("NOT ")]
    [InlineData("OR ")]
    [InlineData("OR ALL ")]
    [InlineData("(NOT ")]
    public void Deep_nesting_is_bad_at_once(string opening)
    {
        var line = "SEARCH " + string.Concat(Enumerable.Repeat(opening, 1_000_000 / opening.Length));
        var clock = Stopwatch.StartNew();
        Parsing.IsBad(line);
        Parsing.IsBad(line + "ALL");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("LIST ")]
    [InlineData("ID ")]
    [InlineData("FETCH 1 ")]
    [InlineData("STATUS x ")]
    [InlineData("STORE 1 FLAGS ")]
    [InlineData("SELECT x ")]
    [InlineData("CREATE x ")]
    public void Parentheses_without_end_are_bad_everywhere(string start) => Parsing.IsBad(start + new string('(', 100_000));

    [Theory]
    [InlineData("LOGIN \"u\0\" p")]
    [InlineData("LOGIN \"u\nv\" p")]
    [InlineData("LOGIN \"u\rv\" p")]
    [InlineData("LOGIN \"u\\n\" p")]
    [InlineData("LOGIN \"u")]
    [InlineData("LOGIN \"u\\")]
    [InlineData("LOGIN u\0 p")]
    [InlineData("LOGIN {3+}\r\nu\0v p")]
    [InlineData("NOOP\nb NOOP")]
    [InlineData("NOOP\0")]
    [InlineData("NOOP\r")]
    public void Nul_and_bare_line_ends_are_bad(string arguments) => Parsing.IsBad(arguments);

    [Fact]
    public void Quoted_string_over_a_line_end_runs_nothing()
    {
        var results = Feed.Whole(Feed.Octets("a LOGIN \"u\r\nb NOOP\" p\r\n")).Select(o => Parsing.Result(o["Command: ".Length..])).ToList();
        Assert.Equal(["a", "b"], results.Select(r => r.Tag));
        Assert.All(results, r => Assert.Equal(ImapCondition.Bad, r.Error?.Condition));
    }

    [Theory]
    [InlineData("+ NOOP")]
    [InlineData("* NOOP")]
    [InlineData("a+b NOOP")]
    [InlineData("a{1} NOOP")]
    [InlineData("% NOOP")]
    [InlineData("\"a\" NOOP")]
    [InlineData(" NOOP")]
    [InlineData("")]
    [InlineData("\u00e4 NOOP")]
    [InlineData("a\tNOOP")]
    [InlineData("a\0 NOOP")]
    public void Unusable_tag_is_never_echoed(string line)
    {
        var result = Parsing.Result(line + "\r\n");
        Assert.Null(result.Tag);
        Assert.Equal(ImapCondition.Bad, result.Error?.Condition);
    }

    [Fact]
    public void Long_tag_is_unusable() => Assert.Null(Parsing.Result(new string('t', 60_000) + " NOOP\r\n").Tag);

    [Theory]
    [InlineData("AUTHENTICATE PLAIN ====")]
    [InlineData("AUTHENTICATE PLAIN !!")]
    [InlineData("AUTHENTICATE PLAIN QQ")]
    [InlineData("AUTHENTICATE PLAIN QQ= ")]
    [InlineData("AUTHENTICATE PLAIN  QQ==")]
    [InlineData("AUTHENTICATE PLAIN ")]
    [InlineData("AUTHENTICATE")]
    public void Bad_base64_is_bad(string arguments) => Parsing.IsBad(arguments);

    [Theory]
    [InlineData("FETCH 4294967296 UID")]
    [InlineData("FETCH 0 UID")]
    [InlineData("FETCH 1:0 UID")]
    [InlineData("FETCH 1:*:5 UID")]
    [InlineData("FETCH 1, UID")]
    [InlineData("FETCH ,1 UID")]
    [InlineData("FETCH 1:: UID")]
    [InlineData("FETCH -1 UID")]
    [InlineData("FETCH 01 UID")]
    [InlineData("FETCH $,1 UID")]
    [InlineData("FETCH 1 ()")]
    [InlineData("FETCH 1 (UID")]
    [InlineData("FETCH 1 (UID )")]
    [InlineData("FETCH 1 (ALL UID)")]
    [InlineData("FETCH 1 UID UID")]
    [InlineData("FETCH 1 NONSENSE")]
    [InlineData("FETCH 1 BODY[]<0.0>")]
    [InlineData("FETCH 1 BODY[]<0>")]
    [InlineData("FETCH 1 BODY[]<-1.1>")]
    [InlineData("FETCH 1 BODY[]<0.9223372036854775808>")]
    [InlineData("FETCH 1 BODY[0]")]
    [InlineData("FETCH 1 BODY[1.0]")]
    [InlineData("FETCH 1 BODY[1.]")]
    [InlineData("FETCH 1 BODY[.1]")]
    [InlineData("FETCH 1 BODY[MIME]")]
    [InlineData("FETCH 1 BODY[4294967296]")]
    [InlineData("FETCH 1 BODY[HEADER.FIELDS]")]
    [InlineData("FETCH 1 BODY[HEADER.FIELDS ()]")]
    [InlineData("FETCH 1 BODY[HEADER.FIELDS (a b]")]
    [InlineData("FETCH 1 BODY[HEADER.FIELDS (\"a\r\nb\")]")]
    [InlineData("FETCH 1 BODY[HEADER.FIELDS ({4+}\r\na\r\nb)]")]
    [InlineData("FETCH 1 BODYSTRUCTURE[]")]
    [InlineData("FETCH 1 BINARY[TEXT]")]
    [InlineData("FETCH 1 BINARY.SIZE[1]<0.1>")]
    [InlineData("FETCH 1 UID (CHANGEDSINCE 9223372036854775808)")]
    [InlineData("FETCH 1 UID (CHANGEDSINCE 1 VANISHED)")]
    [InlineData("UID FETCH 1 UID (VANISHED)")]
    [InlineData("UID")]
    public void Malformed_fetch_is_bad(string arguments)
    {
        var result = Parsing.Result($"a {arguments}\r\n");
        Assert.True(result.Error?.Condition == ImapCondition.Bad || result.Command is UnknownCommand);
    }

    [Theory]
    [InlineData("SELECT x (QRESYNC (1 9223372036854775808))")]
    [InlineData("SELECT x (QRESYNC (1 0))")]
    [InlineData("SELECT x (QRESYNC (0 1))")]
    [InlineData("SELECT x (QRESYNC (1 1 1:*))")]
    [InlineData("SELECT x (QRESYNC (1 1 $))")]
    [InlineData("SELECT x (QRESYNC (1 1 1:5 (1:3 1:2)))")]
    [InlineData("SELECT x (QRESYNC (1 1) QRESYNC (1 1))")]
    [InlineData("SELECT x ()")]
    [InlineData("SELECT x (FOO)")]
    [InlineData("SELECT")]
    [InlineData("SELECT x y")]
    public void Malformed_select_is_bad(string arguments) => Parsing.IsBad(arguments);

    [Theory]
    [InlineData("SEARCH SINCE 31-Feb-2024")]
    [InlineData("SEARCH SINCE 29-Feb-2023")]
    [InlineData("SEARCH SINCE 0-Jan-2024")]
    [InlineData("SEARCH SINCE 1-Foo-2024")]
    [InlineData("SEARCH SINCE 1-Jan-0000")]
    [InlineData("SEARCH SINCE 1-Jan-24")]
    [InlineData("SEARCH SINCE \"1-Jan-2024")]
    [InlineData("SEARCH")]
    [InlineData("SEARCH ")]
    [InlineData("SEARCH CHARSET UTF-8")]
    [InlineData("SEARCH SENTALL")]
    [InlineData("SEARCH SAVED")]
    [InlineData("SEARCH LARGER -1")]
    [InlineData("SEARCH OLDER 0")]
    [InlineData("SEARCH OLDER 4294967296")]
    [InlineData("SEARCH MODSEQ 9223372036854775808")]
    [InlineData("SEARCH RETURN (FOO) ALL")]
    [InlineData("SEARCH RETURN (MIN)")]
    [InlineData("SEARCH UID 0")]
    [InlineData("SEARCH ()")]
    [InlineData("SEARCH SUBJECT {2+}\r\n\u00c3\u0028")]
    public void Malformed_search_is_bad(string arguments) => Parsing.IsBad(arguments);

    [Theory]
    [InlineData("X")]
    [InlineData("UTF-7")]
    [InlineData("\"\"")]
    public void Unknown_charset_is_no_with_the_list(string charset)
    {
        Assert.True(Parsing.Command<SearchCommand>($"SEARCH CHARSET {charset} SUBJECT {{3+}}\r\n\u00e4\u00ff\u0080").HasUnknownCharset);
        var error = ImapError.UnknownCharset;
        Assert.Equal(ImapCondition.No, error.Condition);
        Assert.StartsWith("BADCHARSET (US-ASCII UTF-8 ", error.Code, StringComparison.Ordinal);
    }

    [Fact]
    public void Thousands_of_header_names_stay_within_the_line()
    {
        var names = string.Join(' ', Enumerable.Range(0, 100_000).Select(i => "X-" + i));
        Assert.Equal(["a BAD [TOOBIG] BYE"], Feed.Whole(Feed.Octets($"a FETCH 1 BODY[HEADER.FIELDS ({names})]\r\n")));
    }

    [Fact]
    public void Item_named_a_thousand_times_is_fetched_once()
    {
        var items = string.Join(' ', Enumerable.Repeat("BODY[]", 5_000).Concat(Enumerable.Range(1, 100).Select(i => $"BODY[{i}]")).Append("BODY[]"));
        Assert.Equal(101, Parsing.Command<FetchCommand>($"FETCH 1 ({items})").Items.Length);
    }

    [Theory]
    [InlineData("STORE 1 FLAGS (\\Recent)")]
    [InlineData("STORE 1 +FLAGS \\Recent")]
    [InlineData("STORE 1 FLAGS (\\*)")]
    [InlineData("STORE 1 FLAGS (a\"b)")]
    [InlineData("STORE 1 FLAGS")]
    [InlineData("STORE 1 *FLAGS (a)")]
    [InlineData("STORE 1 (UNCHANGEDSINCE 9223372036854775808) FLAGS (a)")]
    public void Malformed_store_is_bad(string arguments) => Parsing.IsBad(arguments);

    [Theory]
    [InlineData("LIST (RECURSIVEMATCH) \"\" *")]
    [InlineData("LIST (RECURSIVEMATCH REMOTE) \"\" *")]
    [InlineData("LIST (FOO) \"\" *")]
    [InlineData("LIST \"\" () RETURN ()")]
    [InlineData("LIST \"\" * RETURN (STATUS)")]
    [InlineData("LIST \"\" * RETURN (FOO)")]
    [InlineData("LIST \"\"")]
    [InlineData("STATUS x ()")]
    [InlineData("STATUS x (FOO)")]
    [InlineData("CREATE x (USE \\Sent)")]
    [InlineData("CREATE x (USE (Sent))")]
    [InlineData("ENABLE")]
    [InlineData("ID (\"a\")")]
    [InlineData("NOOP x")]
    [InlineData("COPY 1")]
    [InlineData("APPEND x")]
    public void Malformed_others_are_bad(string arguments) => Parsing.IsBad(arguments);
}
