using CsCheck;
using MailGrains.Discovery.Queries;

namespace MailGrains.Discovery.Tests;

public sealed class QueryTests
{
    private const string Term = "a word, a phrase in quotes, a field or '('";

    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("  alice   bob ", "alice AND bob")]
    [InlineData("alice AND bob OR carol", "alice AND bob OR carol")]
    [InlineData("alice AND (bob OR carol)", "alice AND (bob OR carol)")]
    [InlineData("(alice (bob) ((carol)))", "alice AND bob AND carol")]
    [InlineData("alice NOT bob", "alice AND NOT bob")]
    [InlineData("-alice -\"bob c\"", "NOT alice AND NOT \"bob c\"")]
    [InlineData("NOT NOT alice", "alice")]
    [InlineData("NOT (NOT (alice OR bob))", "alice OR bob")]
    [InlineData("NOT (alice bob)", "NOT (alice AND bob)")]
    [InlineData("alice and bob", "alice AND and AND bob")]
    [InlineData("\"AND\" \"say \\\"hi\\\"\"", "\"AND\" AND \"say \\\"hi\\\"\"")]
    [InlineData("\u201Cquarterly report\u201D", "\"quarterly report\"")]
    [InlineData("\"quarterly rep\"* inv*", "\"quarterly rep*\" AND inv*")]
    [InlineData("FROM:alice@example.org", "from:alice@example.org")]
    [InlineData("from:(alice OR \"bob b\")", "from:alice OR from:\"bob b\"")]
    [InlineData("attachmentname:*.pdf", "attachment:\"*.pdf\"")]
    [InlineData("sent>=2026-01-01 sent<2026-02", "sent>=2026-01-01 AND sent<2026-02-01")]
    [InlineData("sent:2026", "sent:2026-01-01..2026-12-31")]
    [InlineData("sent:>2026-01-01", "sent>=2026-01-02")]
    [InlineData("received:2026-03-01..2026-03-31", "received:2026-03-01..2026-03-31")]
    [InlineData("received<=2026-03-31T15:00", "received<2026-03-31T15:01:00Z")]
    [InlineData("sent:2026-03-31T15:00:07Z", "sent:2026-03-31T15:00:07Z..2026-03-31T15:00:07Z")]
    [InlineData("sent>9999 OR sent<0001", "sent>9999-12-31 OR sent<0001-01-01")]
    [InlineData("size>1MB", "size>=1048577")]
    [InlineData("size:20KB..1mb", "size:20480..1048576")]
    [InlineData("size<0", "size<0")]
    [InlineData("hasattachment:yes partial:false", "hasattachment:true AND partial:false")]
    [InlineData("messageid:<a@b>", "messageid:a@b")]
    [InlineData("messageid:<<a@b>>", "messageid:\"<<a@b>>\"")]
    [InlineData("flag:\\Seen", "flag:Seen")]
    [InlineData("folder:\"Archive/2026\" folder:Archive/*", "folder:Archive/2026 AND folder:Archive/*")]
    [InlineData("bcc:* *", "bcc:\"*\" AND *")]
    [InlineData("NEAR(5, alice, \"bob b\")", "NEAR(5, alice, \"bob b\")")]
    [InlineData("subject:NEAR(0,a,b*,c)", "subject:NEAR(0, a, b*, c)")]
    [InlineData("12:30 Q1:x a=b", "\"12:30\" AND \"Q1:x\" AND \"a=b\"")]
    public void A_query_means_this(string text, string tree)
    {
        var query = Query.Parse(text);
        Assert.Equal(tree, query.ToString());
        Assert.Equal(query.Root, Query.Parse(tree).Root);
        Assert.Equal(text, query.Text);
    }

    [Theory]
    [InlineData("", 1, Term)]
    [InlineData("alice AND", 10, Term)]
    [InlineData("alice OR )", 10, Term)]
    [InlineData("AND alice", 1, "a word, a phrase in quotes, a field or '(' before it")]
    [InlineData("alice OR AND bob", 10, "a word, a phrase in quotes, a field or '(' before it")]
    [InlineData("alice NOT", 10, Term)]
    [InlineData("a (b", 5, "')' for the '(' in column 3")]
    [InlineData("a )", 3, "no ')': there is no '(' before it")]
    [InlineData("()", 2, Term)]
    [InlineData("a \"b c", 7, "the quote that ends the one in column 3")]
    [InlineData("a !!!", 3, "a word with a letter or digit in it")]
    [InlineData("subject:", 9, "a word with a letter or digit in it")]
    [InlineData("in*voice", 1, "'*' at the end of the word only")]
    [InlineData("sent:yesterday", 6, "a date in UTC: 2026, 2026-03, 2026-03-31, 2026-03-31T15:00, or two with '..' between")]
    [InlineData("sent>=2026-02-30", 7, "a date in UTC: 2026, 2026-03, 2026-03-31, 2026-03-31T15:00, or two with '..' between")]
    [InlineData("size>big", 6, "a size, such as 500, 20KB, 1MB or 1MB..5MB")]
    [InlineData("size>999999999999999GB", 6, "a size, such as 500, 20KB, 1MB or 1MB..5MB")]
    [InlineData("hasattachment:maybe", 15, "true or false")]
    [InlineData("sha256:12", 8, "64 hexadecimal digits")]
    [InlineData("folder:", 8, "a value for 'folder'")]
    [InlineData("from:(a to:b)", 9, "values of 'from' only in these parentheses")]
    [InlineData("NEAR(x, a, b)", 6, "how many words may be between, 0 to 100")]
    [InlineData("NEAR(5, a)", 10, "','")]
    [InlineData("NEAR(5, a, b", 13, "',' or ')'")]
    public void A_slip_is_told_with_its_place(string text, int column, string expected)
    {
        Assert.False(Query.TryParse(text, out _, out var error));
        Assert.Equal(new QueryError(column, expected), error);
    }

    [Fact]
    public void A_field_that_does_not_exist_is_told_with_those_that_do()
    {
        Assert.False(Query.TryParse("a form:alice", out _, out var error));
        Assert.Equal(3, error.Column);
        Assert.Contains("attachment, bcc, body,", error.Expected, StringComparison.Ordinal);
        Assert.Throws<QueryFormatException>(() => Query.Parse("form:alice"));
    }

    [Fact]
    public void Limits_come_first()
    {
        Assert.False(Query.TryParse(new string('a', Query.MaxLength + 1), out _, out var error));
        Assert.Equal(Query.MaxLength + 1, error.Column);
        Assert.True(Query.TryParse(new string('a', Query.MaxLength), out _, out _));

        Assert.True(Query.TryParse(string.Concat(Enumerable.Repeat("a ", Query.MaxTerms)), out _, out _));
        Assert.False(Query.TryParse(string.Concat(Enumerable.Repeat("a ", Query.MaxTerms + 1)), out _, out error));
        Assert.Equal(Query.MaxTerms * 2 + 1, error.Column);

        Assert.True(Query.TryParse(Nested(Query.MaxDepth), out _, out _));
        Assert.False(Query.TryParse(Nested(Query.MaxDepth + 1), out _, out error));
        Assert.Equal(Query.MaxDepth + 1, error.Column);
        Assert.True(Query.TryParse(string.Concat(Enumerable.Repeat("NOT ", 2000)) + "a", out var query, out _));
        Assert.Equal("a", query.ToString());

        static string Nested(int depth) => new string('(', depth) + "a" + new string(')', depth);
    }

    [Fact]
    public void A_printed_query_is_the_same_query() => Gen.Int.Sample(
        seed =>
        {
            var query = Query.Parse(new RandomSearch(seed).QueryText());
            var again = Query.Parse(query.ToString());
            Assert.Equal(query.Root, again.Root);
            Assert.Equal(query.ToString(), again.ToString());
        },
        iter: 5000);

    /// <summary>Every beginning of a query, and what has slipped into it: a query, or an error that points into it.</summary>
    [Fact]
    public void Whatever_is_written_is_a_query_or_an_error_with_a_place() => Gen.Int.Sample(
        seed =>
        {
            var random = new Random(seed);
            var text = new RandomSearch(seed).QueryText();
            for (var length = 0; length <= text.Length; length++)
                CheckAnswer(text[..length]);
            const string Slips = "()\"*:-<>=. \\ANDORNT\u201C\uD800\u0301东";
            for (var i = 0; i < 10; i++)
            {
                text = text.Insert(random.Next(text.Length + 1), Slips[random.Next(Slips.Length)].ToString());
                CheckAnswer(text);
            }
        },
        iter: 1000);

    private static void CheckAnswer(string text)
    {
        if (Query.TryParse(text, out var query, out var error))
        {
            Assert.Equal(query.Root, Query.Parse(query.ToString()).Root);
        }
        else
        {
            Assert.InRange(error.Column, 1, text.Length + 1);
            Assert.NotEqual("", error.Expected);
        }
    }
}
