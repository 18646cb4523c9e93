using System.Text;
using MailGrains.Model;
using MailGrains.Storage.Records;
using Xunit;
using static MailGrains.TestKit.Contracts.SampleContents;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every engine owes those who keep contents: adding, progress, reading and removing.</summary>
public abstract class ContentIndexContract : IAsyncLifetime
{
    private ContentHarness? _harness;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected IContentIndex Index => _harness?.Index ?? throw new InvalidOperationException("The index is not open.");

    public async ValueTask InitializeAsync() => _harness = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_harness is not null) await _harness.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<ContentHarness> OpenAsync();

    [Fact]
    public async Task A_content_comes_back_as_it_was_added()
    {
        var text = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat("The same line again and again", 5_000)));
        var noise = new byte[300_000];
        new Random(4).NextBytes(noise);
        byte[][] documents = [[], [0], text, noise];
        var writes = documents.Select((d, i) => new ContentWrite(Blob($"{i}"), "same", d, i % 2 == 1)).ToArray();
        Assert.True(await Index.AddAsync(writes, Cancellation));

        var read = await Index.ReadAsync([.. writes.Select(w => w.Blob), Blob("absent"), Blob("2")], Cancellation);
        Assert.Equal(documents, read.Take(4).Select(r => r!.Document.ToArray()));
        Assert.Equal([false, true, false, true], read.Take(4).Select(r => r!.Partial));
        Assert.Null(read[4]);
        Assert.Equal(read[2]!.Number, read[5]!.Number);
        Assert.Equal(4, read.Take(4).Select(r => r!.Number).Distinct().Count());

        var found = await Index.FindAllAsync(TokenQuery.Exact("same"), Cancellation);
        Assert.Equal(read.Take(4).OrderBy(r => r!.Number).Select(Plain!), found.Select(Plain));
        Assert.Empty(await Index.ReadAsync([], Cancellation));
    }

    [Fact]
    public async Task Which_contents_are_there_is_told_without_them()
    {
        Assert.Empty(await Index.FindPresentAsync([], Cancellation));
        Assert.Empty(await Index.FindPresentAsync([Blob("a")], Cancellation));
        await Index.AddAsync([Content("a", "one"), Content("b", "two"), Content("c", "three", partial: true)], Cancellation);
        await Index.RemoveAsync([Blob("b")], Cancellation);

        var present = await Index.FindPresentAsync([Blob("c"), Blob("absent"), Blob("a"), Blob("b"), Blob("a")], Cancellation);
        Assert.Equal([Blob("a"), Blob("c")], present.OrderBy(b => b == Blob("c")));
    }

    [Fact]
    public async Task Progress_begins_at_zero_and_moves_only_from_where_it_is()
    {
        Assert.Equal(0, await Index.ReadProgressAsync("index", 3, Cancellation));
        Assert.False(await Index.ApplyAsync(new("index", 3, 5, 6, [Content("early", "early")]), Cancellation));
        Assert.True(await Index.ApplyAsync(new("index", 3, 0, 0, []), Cancellation));
        Assert.True(await Index.ApplyAsync(new("index", 3, 0, 40, [Content("a", "first")]), Cancellation));
        Assert.False(await Index.ApplyAsync(new("index", 3, 0, 40, [Content("b", "again")]), Cancellation));
        Assert.False(await Index.ApplyAsync(new("index", 3, 39, 41, [Content("c", "again")]), Cancellation));
        Assert.True(await Index.ApplyAsync(new("index", 3, 40, 41, [Content("d", "second")]), Cancellation));

        Assert.Equal(41, await Index.ReadProgressAsync("index", 3, Cancellation));
        Assert.Equal(0, await Index.ReadProgressAsync("index", 4, Cancellation));
        Assert.Equal(0, await Index.ReadProgressAsync("Index", 3, Cancellation));
        Assert.Equal([Blob("a"), Blob("d")], (await Index.FindAllAsync(TokenQuery.All, Cancellation)).Select(c => c.Blob));
    }

    [Fact]
    public async Task Of_those_who_start_from_the_same_progress_one_gets_on()
    {
        for (var from = 0; from < 5; from++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
                () => Index.ApplyAsync(new("index", 0, from, from + 1, [Content($"{from} by {i}", "common")]), Cancellation), Cancellation)));
            Assert.Single(outcomes, true);
            var found = await Index.FindAllAsync(TokenQuery.Exact("common"), Cancellation);
            Assert.Equal(from + 1, found.Count);
            Assert.Equal(Blob($"{from} by {Array.IndexOf(outcomes, true)}"), found[^1].Blob);
        }
    }

    [Fact]
    public async Task A_content_is_kept_once_as_it_was_first()
    {
        await Index.AddAsync([Content("a", "one"), new(Blob("a"), "two", new byte[9], true)], Cancellation);
        var first = Assert.Single(await Index.ReadAsync([Blob("a")], Cancellation))!;
        await Index.AddAsync([new(Blob("a"), "three", new byte[7], true), Content("b", "three")], Cancellation, partition: 1);

        Assert.Equal(Plain(first), Plain(Assert.Single(await Index.ReadAsync([Blob("a")], Cancellation))!));
        Assert.Equal([Blob("a")], await BlobsAsync(TokenQuery.Exact("one")));
        Assert.Empty(await BlobsAsync(TokenQuery.Exact("two")));
        Assert.Equal([Blob("b")], await BlobsAsync(TokenQuery.Exact("three")));
        Assert.Equal(new IndexCounts(2, 0), await Index.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Subscribers_that_add_the_same_contents_at_once_add_them_once()
    {
        var contents = Enumerable.Range(0, 60).Select(i => Content($"{i}", $"common n{i}")).ToArray();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(partition => Task.Run(
            () =>
            {
                var order = contents.ToArray();
                new Random(partition).Shuffle(order);
                return Index.ApplyAsync(new("index", partition, 0, 9, order), Cancellation);
            },
            Cancellation)));
        Assert.All(outcomes, Assert.True);
        Assert.Equal(new IndexCounts(60, 0), await Index.CountAsync(Cancellation));
        Assert.Equal(60, (await Index.FindAllAsync(TokenQuery.Exact("common"), Cancellation)).Count);
        Assert.Single(await BlobsAsync(TokenQuery.Exact("n59")));
    }

    [Fact]
    public async Task What_was_removed_is_not_found_and_may_come_again()
    {
        await Index.AddAsync([Content("a", "one two"), Content("b", "two", partial: true), Content("c", "two twofold")], Cancellation);
        var before = await Index.ReadAsync([Blob("b")], Cancellation);
        Assert.Equal(new IndexCounts(3, 1), await Index.CountAsync(Cancellation));

        Assert.Equal(2, await Index.RemoveAsync([Blob("b"), Blob("absent"), Blob("a"), Blob("b")], Cancellation));
        Assert.Equal(0, await Index.RemoveAsync([Blob("b")], Cancellation));
        Assert.Equal(0, await Index.RemoveAsync([], Cancellation));
        Assert.Equal([Blob("c")], await BlobsAsync(TokenQuery.Exact("two")));
        Assert.Equal([Blob("c")], await BlobsAsync(TokenQuery.Prefix("two")));
        Assert.Equal([Blob("c")], await BlobsAsync(TokenQuery.All));
        Assert.Empty(await BlobsAsync(TokenQuery.Exact("one")));
        Assert.Equal([null], await Index.ReadAsync([Blob("b")], Cancellation));
        Assert.Equal(new IndexCounts(1, 0), await Index.CountAsync(Cancellation));

        await Index.AddAsync([Content("b", "three")], Cancellation);
        Assert.Equal([Blob("c")], await BlobsAsync(TokenQuery.Exact("two")));
        Assert.Equal([Blob("b")], await BlobsAsync(TokenQuery.Exact("three")));
        Assert.True((await Index.ReadAsync([Blob("b")], Cancellation))[0]!.Number > before[0]!.Number);
    }

    [Fact]
    public async Task The_last_number_is_not_given_again()
    {
        await Index.AddAsync([Content("a", "one")], Cancellation);
        var number = Assert.Single(await Index.ReadAsync([Blob("a")], Cancellation))!.Number;
        await Index.RemoveAsync([Blob("a")], Cancellation);
        await Index.AddAsync([Content("b", "one")], Cancellation);
        Assert.Equal([Blob("b")], (await Index.FindAsync(TokenQuery.Exact("one"), null, number, 5, Cancellation)).Select(c => c.Blob));
    }

    [Theory]
    [InlineData("two  spaces")]
    [InlineData(" leading")]
    [InlineData("trailing ")]
    [InlineData("Upper")]
    [InlineData("semi;colon")]
    [InlineData("nul\0")]
    [InlineData("a23456789a123456789a123456789a123456789a123456789a123456789a12345")]
    public async Task Tokens_in_another_form_are_refused(string tokens)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Index.AddAsync([Content("good", "good"), Content("bad", tokens)], Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Index.AddAsync([Content("bad", "good half" + '\ud83d')], Cancellation));
        Assert.Equal(0, await Index.ReadProgressAsync("test", 0, Cancellation));
        Assert.Equal(new IndexCounts(0, 0), await Index.CountAsync(Cancellation));
    }

    protected async Task<IEnumerable<BlobId>> BlobsAsync(TokenQuery query) => (await Index.FindAllAsync(query, Cancellation)).Select(c => c.Blob);

    private static (BlobId Blob, long Number, string Document, bool Partial) Plain(IndexedContent content) =>
        (content.Blob, content.Number, Convert.ToHexString(content.Document.Span), content.Partial);
}
