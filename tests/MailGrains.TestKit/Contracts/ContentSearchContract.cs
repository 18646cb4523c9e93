using System.Globalization;
using CsCheck;
using MailGrains.Model;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Records;
using Xunit;
using static MailGrains.Storage.Records.TokenQuery;
using static MailGrains.TestKit.Contracts.SampleContents;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every engine owes those who search contents.</summary>
public abstract class ContentSearchContract : ContentIndexContract
{
    // Words that begin like others, operators of query languages, and scripts.
    private static readonly string[] Vocabulary =
    [
        "a", "ab", "abc", "abd", "b", "ba", "and", "or", "not", "near", "n", "1", "12", "123",
        "д", "да", "дата", "中", "中文", "文", "ß", "ﬀ", "😀", "😀x", "é", "ę",
    ];

    private static readonly Gen<string> Token = Gen.OneOf(Vocabulary);

    private static readonly Gen<TokenQuery> Queries = Gen.Recursive<TokenQuery>((depth, part) => depth >= 4
        ? Gen.Select(Token, Gen.Bool, (t, p) => p ? Prefix(t) : Exact(t))
        : Gen.Frequency(
            (1, Gen.OneOf(All, None)),
            (4, Gen.Select(Token, Gen.Bool, (t, p) => p ? Prefix(t) : Exact(t))),
            (3, part.Array[0, 4].Select(p => And(p))),
            (3, part.Array[0, 4].Select(p => Or(p)))));

    [Fact]
    public async Task Random_queries_find_what_their_definition_says()
    {
        var model = new InMemoryContentIndex();
        var random = new Random(5);
        var contents = Enumerable.Range(0, 300).Select(i =>
            Content($"{i}", string.Join(' ', random.GetItems(Vocabulary, random.Next(10))), partial: random.Next(4) == 0));
        foreach (var batch in contents.Chunk(60))
        {
            Assert.True(await Index.AddAsync(batch, Cancellation));
            Assert.True(await model.AddAsync(batch, Cancellation));
        }

        BlobId[] removed = [.. Enumerable.Range(0, 300).Where(i => i % 11 == 0).Select(i => Blob($"{i}"))];
        Assert.Equal(await model.RemoveAsync(removed, Cancellation), await Index.RemoveAsync(removed, Cancellation));
        Assert.Equal(await model.CountAsync(Cancellation), await Index.CountAsync(Cancellation));

        var among = new BlobFilter([.. Enumerable.Range(0, 400).Where(i => i % 3 == 0).Select(i => Blob($"{i}"))]);
        await Gen.Select(Queries, Gen.Bool, Gen.Int[1, 80]).SampleAsync(
            async (query, all, limit) =>
            {
                var expected = await model.FindAllAsync(query, Cancellation, all ? null : among);
                var found = await Index.FindAllAsync(query, Cancellation, all ? null : among, limit);
                Assert.Equal(expected.Select(c => c.Blob.ToString()).Order(), found.Select(c => c.Blob.ToString()).Order());
                Assert.Equal(found.Select(c => c.Number).Order(), found.Select(c => c.Number));
                Assert.All(found, c => Assert.Equal(Content("", "").Document.Span[..9], c.Document.Span[..9]));
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public async Task Tokens_are_found_whole_or_by_their_beginning()
    {
        await Index.AddAsync(
            [Content("cyrillic", "привет миръ"), Content("chinese", "中文 電子"), Content("mixed", "привет 中 résumé 2026")], Cancellation);
        await FindsAsync(Exact("привет"), "cyrillic", "mixed");
        await FindsAsync(Exact("приве"));
        await FindsAsync(Prefix("приве"), "cyrillic", "mixed");
        await FindsAsync(Prefix("中"), "chinese", "mixed");
        await FindsAsync(Exact("中"), "mixed");
        await FindsAsync(And(Prefix("при"), Exact("2026")), "mixed");
        await FindsAsync(And(Exact("привет"), Exact("2025")));
        await FindsAsync(Or(Exact("電子"), Exact("résumé")), "chinese", "mixed");
        await FindsAsync(Exact("resume"));
        await FindsAsync(Exact("ПРИВЕТ"));
    }

    [Fact]
    public async Task A_content_without_tokens_is_among_all_and_nowhere_else()
    {
        await Index.AddAsync([Content("empty", ""), Content("full", "a")], Cancellation);
        await FindsAsync(All, "empty", "full");
        await FindsAsync(Prefix("a"), "full");
        await FindsAsync(And(), "empty", "full");
        await FindsAsync(Or());
    }

    [Theory]
    [InlineData("a\" OR \"b")]
    [InlineData("a' | 'b")]
    [InlineData("a b")]
    [InlineData("a*")]
    [InlineData("tokens:a")]
    [InlineData("^a")]
    [InlineData("-a")]
    [InlineData("(a")]
    [InlineData("a\0")]
    [InlineData("\\")]
    [InlineData("'")]
    [InlineData("\"")]
    [InlineData("#0")]
    [InlineData("#")]
    [InlineData("A")]
    public async Task What_is_no_token_finds_nothing(string hostile)
    {
        await Index.AddAsync([Content("a", "a"), Content("b", "b"), Content("ab", "a b")], Cancellation);
        await FindsAsync(Exact(hostile));
        await FindsAsync(Prefix(hostile));
        await FindsAsync(And(Exact("a"), Exact(hostile)));
        await FindsAsync(Or(Exact("a"), Exact(hostile)), "a", "ab");
        await FindsAsync(Or(Exact("a"), Prefix(new string('a', 1 << 20) + hostile)), "a", "ab");
        await FindsAsync(Or(Exact("a"), Prefix("a" + '\ud800')), "a", "ab");
    }

    [Fact]
    public async Task A_query_may_have_500_terms_and_be_32_deep()
    {
        await Index.AddAsync([Content("all", Words(0, 500)), Content("one", Words(499, 1)), Content("most", Words(1, 499))], Cancellation);
        var terms = Words(0, 500).Split(' ');
        await FindsAsync(And([.. terms.Select(Exact)]), "all");
        await FindsAsync(And([.. terms.Select(Prefix)]), "all");
        await FindsAsync(Or([.. terms.Select(Exact)]), "all", "most", "one");

        var deep = Exact(terms[0]);
        for (var i = 1; i < MaxDepth; i++) deep = i % 2 == 0 ? And(Exact(terms[i]), deep) : Or(deep, Exact(terms[i]));
        Assert.Equal(MaxDepth, deep.Depth);
        await FindsAsync(deep, "all", "most");
    }

    [Fact]
    public async Task Large_contents_are_found()
    {
        // 100 KB; more than a megabyte of different tokens, which not every engine looks up; and as much of few.
        var many = Words(1_000, 200_000);
        await Index.AddAsync(
            [Content("large", Words(0, 12_000)), Content("huge", many), Content("long", string.Join(' ', Enumerable.Repeat(Words(300_000, 100), 2_000)))],
            Cancellation);
        await Index.AddAsync([Content("small", Words(1, 1) + " " + Words(300_099, 1))], Cancellation, partition: 1);
        Assert.Contains(Blob("huge"), await BlobsAsync(Exact(Words(200_999, 1))));
        Assert.Contains(Blob("huge"), await BlobsAsync(And(Exact(Words(1_000, 1)), Exact(Words(100_000, 1)))));
        await Index.RemoveAsync([Blob("huge")], Cancellation);
        await FindsAsync(Exact(Words(11_999, 1)), "large");
        await FindsAsync(Exact(Words(1, 1)), "large", "small");
        await FindsAsync(And(Exact(Words(300_099, 1)), Exact(Words(300_000, 1))), "long");
        await FindsAsync(Prefix("w"), "large", "long", "small");
    }

    [Fact]
    public async Task Pages_miss_and_repeat_nothing_while_others_add()
    {
        static ContentWrite One(int i) => Content(i.ToString(CultureInfo.InvariantCulture), i % 2 == 0 ? "common even" : "common odd");
        await Index.AddAsync([.. Enumerable.Range(0, 100).Select(One)], Cancellation);
        var before = await BlobsAsync(Exact("even"));

        var query = And(Exact("common"), Exact("even"));
        var found = new List<IndexedContent>();
        var next = 100;
        while (await Index.FindAsync(query, null, found.LastOrDefault()?.Number ?? 0, 9, Cancellation) is { Count: > 0 } page)
        {
            found.AddRange(page);
            if (next < 150) Assert.True(await Index.AddAsync([.. Enumerable.Range(next, 10).Select(One)], Cancellation, partition: next));
            next += 10;
        }

        Assert.Equal(before, found.Take(50).Select(c => c.Blob));
        Assert.Equal(75, found.Select(c => c.Blob).Distinct().Count());
        Assert.Equal(75, found.Count);
    }

    [Fact]
    public async Task A_search_may_be_among_a_hundred_thousand_contents()
    {
        await Index.AddAsync([.. Enumerable.Range(0, 50).Select(i => Content($"{i}", "common"))], Cancellation);
        var among = new BlobFilter([.. Enumerable.Range(20, BlobFilter.MaxBlobs).Select(i => Blob($"{i}"))]);
        var expected = Enumerable.Range(20, 30).Select(i => Blob($"{i}").ToString()).Order();
        Assert.Equal(expected, (await Index.FindAllAsync(Exact("common"), Cancellation, among)).Select(c => c.Blob.ToString()).Order());
        Assert.Equal(expected, (await Index.FindAllAsync(All, Cancellation, among)).Select(c => c.Blob.ToString()).Order());
        Assert.Empty(await Index.FindAllAsync(All, Cancellation, new BlobFilter([])));
        Assert.Throws<ArgumentException>(() => new BlobFilter(new BlobId[BlobFilter.MaxBlobs + 1]));
    }

    private async Task FindsAsync(TokenQuery query, params string[] names) =>
        Assert.Equal(names.Select(n => Blob(n).ToString()).Order(), (await BlobsAsync(query)).Select(b => b.ToString()).Order());
}
