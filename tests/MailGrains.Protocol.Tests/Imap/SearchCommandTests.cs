using System.Collections.Immutable;
using System.Text;
using MailGrains.Imap.Commands;
using MailGrains.Model;
using MailGrains.Model.Search;
using Xunit;

namespace MailGrains.Protocol.Tests.Imap;

public sealed class SearchCommandTests
{
    private static SearchKey Key(string text) => Parsing.Command<SearchCommand>("SEARCH " + text).Key;

    public static TheoryData<string, SearchKey> Keys => new()
    {
        { "ALL", new SearchKey.All() },
        { "ANSWERED", new SearchKey.Flag(@"\Answered") },
        { "deleted", new SearchKey.Flag(@"\Deleted") },
        { "DRAFT", new SearchKey.Flag(@"\Draft") },
        { "FLAGGED", new SearchKey.Flag(@"\Flagged") },
        { "SEEN", new SearchKey.Flag(@"\Seen") },
        { "UNANSWERED", new SearchKey.Not(new SearchKey.Flag(@"\Answered")) },
        { "UNDELETED", new SearchKey.Not(new SearchKey.Flag(@"\Deleted")) },
        { "UNDRAFT", new SearchKey.Not(new SearchKey.Flag(@"\Draft")) },
        { "UNFLAGGED", new SearchKey.Not(new SearchKey.Flag(@"\Flagged")) },
        { "UNSEEN", new SearchKey.Not(new SearchKey.Flag(@"\Seen")) },
        { "KEYWORD $Junk", new SearchKey.Flag("$Junk") },
        { "UNKEYWORD Work", new SearchKey.Not(new SearchKey.Flag("Work")) },
        { "RECENT", new SearchKey.Recent() },
        { "OLD", new SearchKey.Not(new SearchKey.Recent()) },
        { "BCC a", new SearchKey.Header("Bcc", "a") },
        { "CC a", new SearchKey.Header("Cc", "a") },
        { "FROM \"a b\"", new SearchKey.Header("From", "a b") },
        { "SUBJECT {3+}\r\na\r\n", new SearchKey.Header("Subject", "a\r\n") },
        { "TO a", new SearchKey.Header("To", "a") },
        { "HEADER Message-ID <x@y>", new SearchKey.Header("Message-ID", "<x@y>") },
        { "HEADER List-Id \"\"", new SearchKey.Header("List-Id", "") },
        { "BODY x", new SearchKey.Body("x") },
        { "TEXT x", new SearchKey.Text("x") },
        { "BEFORE 1-Feb-1994", new SearchKey.Date(SearchDate.Internal, DateRelation.Before, new DateOnly(1994, 2, 1)) },
        { "ON \"01-feb-1994\"", new SearchKey.Date(SearchDate.Internal, DateRelation.On, new DateOnly(1994, 2, 1)) },
        { "SINCE 29-Feb-2024", new SearchKey.Date(SearchDate.Internal, DateRelation.Since, new DateOnly(2024, 2, 29)) },
        { "SENTBEFORE 1-Dec-2024", new SearchKey.Date(SearchDate.Sent, DateRelation.Before, new DateOnly(2024, 12, 1)) },
        { "SENTON 1-Dec-2024", new SearchKey.Date(SearchDate.Sent, DateRelation.On, new DateOnly(2024, 12, 1)) },
        { "SENTSINCE 1-Dec-2024", new SearchKey.Date(SearchDate.Sent, DateRelation.Since, new DateOnly(2024, 12, 1)) },
        { "SAVEDBEFORE 1-Dec-2024", new SearchKey.Date(SearchDate.Saved, DateRelation.Before, new DateOnly(2024, 12, 1)) },
        { "SAVEDON 1-Dec-2024", new SearchKey.Date(SearchDate.Saved, DateRelation.On, new DateOnly(2024, 12, 1)) },
        { "SAVEDSINCE 1-Dec-2024", new SearchKey.Date(SearchDate.Saved, DateRelation.Since, new DateOnly(2024, 12, 1)) },
        { "SAVEDATESUPPORTED", new SearchKey.SaveDateSupported() },
        { "OLDER 60", new SearchKey.Within(Older: true, 60) },
        { "YOUNGER 4294967295", new SearchKey.Within(Older: false, uint.MaxValue) },
        { "LARGER 0", new SearchKey.Larger(0) },
        { "SMALLER 9223372036854775807", new SearchKey.Smaller(long.MaxValue) },
        { "MODSEQ 620162338", new SearchKey.ChangedSince(620162338) },
        { "MODSEQ \"/flags/\\\\draft\" all 5", new SearchKey.ChangedSince(5) },
        { "EMAILID M123", new SearchKey.EmailIdIs("M123") },
        { "THREADID T1", new SearchKey.ThreadIdIs("T1") },
        { "UID 1:*", new SearchKey.Numbers(NumberSet.All, ByUid: true) },
        { "1:*", new SearchKey.Numbers(NumberSet.All, ByUid: false) },
        { "$", new SearchKey.Numbers(NumberSet.SavedResult, ByUid: false) },
        { "*", new SearchKey.Numbers(new NumberSet([new NumberRange(0, 0)]), ByUid: false) },
        { "OR SEEN DRAFT", new SearchKey.Or(new SearchKey.Flag(@"\Seen"), new SearchKey.Flag(@"\Draft")) },
        { "NOT NOT SEEN", new SearchKey.Not(new SearchKey.Not(new SearchKey.Flag(@"\Seen"))) },
        { "((SEEN))", new SearchKey.Flag(@"\Seen") },
        { "CHARSET UTF-8 TEXT {2+}\r\n\u00c3\u00a4", new SearchKey.Text("ä") },
        { "CHARSET ISO-8859-1 TEXT {1+}\r\n\u00e4", new SearchKey.Text("ä") },
        { "CHARSET windows-1252 TEXT {1+}\r\n\u0080", new SearchKey.Text("€") },
        { "CHARSET KOI8-R TEXT {1+}\r\n\u00c1", new SearchKey.Text("а") },
        { "CHARSET Shift_JIS TEXT {2+}\r\n\u0082\u00a0", new SearchKey.Text("あ") },
        { "CHARSET \"iso-8859-15\" TEXT \"\u00a4\"", new SearchKey.Text("€") },
        { "TEXT \"\u00c3\u00a4\"", new SearchKey.Text("ä") },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void Search_keys(string text, SearchKey expected) => Assert.Equal(expected, Key(text));

    [Fact]
    public void Keys_side_by_side_are_joined_by_and()
    {
        var and = Assert.IsType<SearchKey.And>(Key("FLAGGED (SEEN DRAFT) NEW"));
        Assert.Equal(3, and.Keys.Length);
        Assert.Equal([new SearchKey.Flag(@"\Seen"), new SearchKey.Flag(@"\Draft")], Assert.IsType<SearchKey.And>(and.Keys[1]).Keys.AsEnumerable());
        Assert.Equal([new SearchKey.Recent(), new SearchKey.Not(new SearchKey.Flag(@"\Seen"))], Assert.IsType<SearchKey.And>(and.Keys[2]).Keys.AsEnumerable());
    }

    [Fact]
    public void Return_options()
    {
        Assert.Null(Parsing.Command<SearchCommand>("SEARCH ALL").Return);
        Assert.Equal(SearchReturnOptions.All, Parsing.Command<SearchCommand>("SEARCH RETURN () ALL").Return);
        var command = Parsing.Command<SearchCommand>("UID SEARCH RETURN (MIN max ALL COUNT SAVE) CHARSET UTF-8 MODSEQ 1");
        Assert.Equal(
            SearchReturnOptions.Min | SearchReturnOptions.Max | SearchReturnOptions.All | SearchReturnOptions.Count | SearchReturnOptions.Save,
            command.Return);
        Assert.True(command.ByUid && command.UsesModSeq);
        Assert.False(Parsing.Command<SearchCommand>("SEARCH ALL").UsesModSeq);
    }

    [Theory]
    [InlineData("NOT ", "NEW")]
    [InlineData("OR ALL ", "NEW")]
    [InlineData("(ALL ", "NEW")]
    public void Trees_are_as_deep_as_allowed_and_no_deeper(string opening, string leaf)
    {
        var deepest = 0;
        for (var levels = 1; levels < 200; levels++)
        {
            var close = opening[0] == '(' ? new string(')', levels) : "";
            var result = Parsing.Result("a SEARCH " + string.Concat(Enumerable.Repeat(opening, levels)) + leaf + close);
            if (result.Command is SearchCommand search) deepest = Depth(search.Key);
            else break;
        }

        Assert.InRange(deepest, SearchKey.MaxDepth - 5, SearchKey.MaxDepth);
    }

    private static int Depth(SearchKey key) => 1 + key switch
    {
        SearchKey.And and => and.Keys.Max(Depth),
        SearchKey.Or or => Math.Max(Depth(or.Left), Depth(or.Right)),
        SearchKey.Not not => Depth(not.Key),
        _ => 0,
    };
}
