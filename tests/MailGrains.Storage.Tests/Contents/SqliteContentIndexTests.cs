using MailGrains.Storage.Records;
using MailGrains.Storage.Sqlite.Contents;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;
using Xunit;
using static MailGrains.TestKit.Contracts.SampleContents;

namespace MailGrains.Storage.Tests.Contents;

public sealed class SqliteContentIndexTests : ContentSearchContract
{
    private readonly TemporaryFolder _folder = new();

    private volatile bool _failing;

    [Fact]
    public async Task What_was_applied_is_there_after_a_kill_and_what_was_not_is_not()
    {
        Assert.True(await Index.AddAsync([Content("a", "one")], Cancellation));
        _failing = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Index.AddAsync([Content("b", "one two")], Cancellation));
        using (var remains = _folder.CopyLive())
        {
            await using var again = SqliteContentIndex.Open(remains.Path);
            await AssertOnlyTheFirstAsync(again);
        }

        await AssertOnlyTheFirstAsync(Index);
        _failing = false;
        Assert.True(await Index.AddAsync([Content("b", "one two")], Cancellation));
        Assert.Equal([Blob("a"), Blob("b")], (await Index.FindAllAsync(TokenQuery.Exact("one"), Cancellation)).Select(c => c.Blob));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task Of_batches_that_come_together_each_is_told_how_it_went(int batches)
    {
        _failing = true;
        var refused = await Task.WhenAll(Enumerable.Range(0, batches).Select(FailureOf));
        Assert.All(refused, e => Assert.IsType<StoreUnavailableException>(e));
        Assert.Equal(new IndexCounts(0, 0), await Index.CountAsync(Cancellation));

        // One is said twice, and done once.
        _failing = false;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, batches).Append(0).Select(AddTo));
        Assert.Equal(batches, outcomes.Count(o => o));
        Assert.Equal(new IndexCounts(batches, 0), await Index.CountAsync(Cancellation));

        async Task<Exception?> FailureOf(int partition) => await Record.ExceptionAsync(() => AddTo(partition));

        Task<bool> AddTo(int partition) => Index.ApplyAsync(new("index", partition, 0, 1, [Content($"{partition}", "one")]), Cancellation);
    }

    [Fact]
    public async Task Removals_are_durable()
    {
        await Index.AddAsync([Content("a", "one"), Content("b", "one")], Cancellation);
        await Index.RemoveAsync([Blob("a")], Cancellation);
        using var remains = _folder.CopyLive();
        await using var again = SqliteContentIndex.Open(remains.Path);
        Assert.Equal([Blob("b")], (await again.FindAllAsync(TokenQuery.Exact("one"), Cancellation)).Select(c => c.Blob));
    }

    [Fact]
    public void A_second_opening_is_refused() => Assert.Throws<StoreOpenException>(() => SqliteContentIndex.Open(_folder.Path));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override Task<ContentHarness> OpenAsync()
    {
        var index = SqliteContentIndex.Open(_folder.Path, new() { BeforeCommit = () => _ = _failing ? throw new IOException("fsync") : 0 });
        return Task.FromResult(new ContentHarness(index, index));
    }

    private static async Task AssertOnlyTheFirstAsync(IContentIndex index)
    {
        Assert.Equal(1, await index.ReadProgressAsync("test", 0, Cancellation));
        Assert.Equal(new IndexCounts(1, 0), await index.CountAsync(Cancellation));
        Assert.Equal([Blob("a")], (await index.FindAllAsync(TokenQuery.Exact("one"), Cancellation)).Select(c => c.Blob));
        Assert.Empty(await index.FindAllAsync(TokenQuery.Exact("two"), Cancellation));
    }
}
