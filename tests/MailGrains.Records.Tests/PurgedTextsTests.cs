using MailGrains.Model;
using MailGrains.Records.Retention;
using MailGrains.Storage;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Records;

namespace MailGrains.Records.Tests;

/// <summary>The text of what was purged leaves the index, whenever somebody dies in between.</summary>
public sealed class PurgedTextsTests
{
    private readonly MemoryLog _log = new();
    private readonly InMemoryRecordStore _store = new();
    private readonly InMemoryContentIndex _index = new();
    private readonly SteeredClock _time = new();
    private readonly RecordsHandler _handler;
    private readonly Dictionary<int, long> _indexed = [];

    public PurgedTextsTests() => _handler = new RecordsHandler("records", _store, _log);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_goes_with_the_last_entry_and_stays_where_there_is_another()
    {
        var (ada, bob) = (await LeftAsync(1, 2), await LeftAsync(1));
        await PurgeAsync(ada);
        Assert.Equal(new TextsRemoved(1, 0, IsOver: true), await Texts().NextAsync(Cancellation));
        Assert.Equal([true, false], await HasTextAsync(1, 2));

        await PurgeAsync(bob);
        Assert.Equal(new TextsRemoved(1, 0, IsOver: true), await Texts().NextAsync(Cancellation));
        Assert.Equal([false, false], await HasTextAsync(1, 2));
    }

    [Fact]
    public async Task What_a_crash_left_between_purge_and_index_is_removed_later()
    {
        await PurgeAsync(await LeftAsync(1, 2, 3));

        // Whoever purged is gone, and whoever comes next can't reach the index at first.
        var broken = new PurgedTexts(_store, new BrokenIndex(), Records(), Index()) { Patience = TimeSpan.Zero };
        await Assert.ThrowsAsync<StoreUnavailableException>(() => broken.NextAsync(Cancellation));
        Assert.Equal([true, true, true], await HasTextAsync(1, 2, 3));

        var texts = Texts(step: 2);
        Assert.False((await texts.NextAsync(Cancellation))!.IsOver);
        Assert.True((await texts.NextAsync(Cancellation))!.IsOver);
        Assert.Equal([false, false, false], await HasTextAsync(1, 2, 3));
        Assert.Empty(await _store.ReadNotedAsync(10, Cancellation));
    }

    [Fact]
    public async Task Nothing_is_removed_while_the_index_would_put_it_back()
    {
        var ada = await LeftAsync(1);
        await PurgeAsync(ada);
        _indexed[1]--;
        Assert.Null(await Texts().NextAsync(Cancellation));
        Assert.Equal([true], await HasTextAsync(1));
        _indexed[1]++;
        Assert.Equal(1, (await Texts().NextAsync(Cancellation))!.Count);
    }

    [Fact]
    public async Task A_message_that_came_again_keeps_its_text()
    {
        await PurgeAsync(await LeftAsync(1));
        _log.Write(_log.NewAccount(1), "MessageNew", Members.Arrival(7, blob: Members.BlobOf(1).ToString()));
        Assert.Null(await Texts().NextAsync(Cancellation));
        await HandleAsync();
        Assert.Equal(new TextsRemoved(0, 0, IsOver: true), await Texts().NextAsync(Cancellation));
        Assert.Equal([true], await HasTextAsync(1));
        Assert.Empty(await _store.ReadNotedAsync(10, Cancellation));
    }

    [Fact]
    public async Task What_is_noted_while_another_node_finishes_an_earlier_round_is_not_forgotten()
    {
        await PurgeAsync(await LeftAsync(1));

        // A node hangs when it has taken out the text. Meanwhile another does the same, and the message comes and is purged once more.
        var hanging = new HookedIndex(_index)
        {
            AfterRemoval = async () =>
            {
                Assert.Single(await _store.ReadNotedAsync(10, Cancellation));
                Assert.True((await Texts().NextAsync(Cancellation))!.IsOver);
                await PurgeAsync(await LeftAsync(1));
            },
        };
        await new PurgedTexts(_store, hanging, Records(), Index()) { Patience = TimeSpan.Zero }.NextAsync(Cancellation);
        Assert.Equal([true], await HasTextAsync(1));

        Assert.Equal(1, (await Texts().NextAsync(Cancellation))!.Count);
        Assert.Equal([false], await HasTextAsync(1));
    }

    /// <summary>A mailbox whose messages have left.</summary>
    private async Task<AccountId> LeftAsync(params uint[] uids)
    {
        var account = _log.NewAccount(1);
        _log.Write(account, "MailboxCreate", Members.Folder(1));
        foreach (var uid in uids) _log.Write(account, "MessageNew", Members.Arrival(uid));
        _log.Write(account, "MessageExpunge", Members.Expunge(string.Join(',', uids)));
        await HandleAsync();
        var contents = uids.Select(u => new ContentWrite(Members.BlobOf(u), "word", new byte[] { 1 }, false));
        var done = await _index.ReadProgressAsync("full-text", 1, Cancellation);
        Assert.True(await _index.ApplyAsync(new ContentBatch("full-text", 1, done, _log.Head(1), [.. contents]), Cancellation));
        return account;
    }

    private async Task HandleAsync()
    {
        await _handler.HandleAsync(_log.Batch(1, 0, int.MaxValue), Cancellation);
        _indexed[1] = _log.Head(1);
    }

    private async Task PurgeAsync(AccountId account)
    {
        var entries = await _store.ReadEntriesAsync(new EntriesQuery(account, 1000), Cancellation);
        Assert.Equal(entries.Count, (await _store.PurgeAsync([.. entries.Select(e => e.Number)], Cancellation)).Count);
    }

    private async Task<IEnumerable<bool>> HasTextAsync(params uint[] uids) =>
        (await _index.ReadAsync([.. uids.Select(Members.BlobOf)], Cancellation)).Select(c => c is not null);

    private PurgedTexts Texts(int step = 100) => new(_store, _index, Records(), Index()) { StepSize = step, Patience = TimeSpan.Zero };

    private RecordsLag Records() => new("records", _store, _log, _time);

    private LogLag Index() => new(_ => Task.FromResult<IReadOnlyDictionary<int, long>>(_indexed), _log, _time);

    private sealed class BrokenIndex : IContentIndex
    {
        public Task<int> RemoveAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation) => throw new StoreUnavailableException("The index is away.");

        public Task<long> ReadProgressAsync(string subscriber, int partition, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<bool> ApplyAsync(ContentBatch batch, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<IndexedContent>> FindAsync(TokenQuery query, BlobFilter? among, long after, int limit, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<IndexedContent?>> ReadAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlySet<BlobId>> FindPresentAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IndexCounts> CountAsync(CancellationToken cancellation) => throw new NotSupportedException();
    }

    private sealed class HookedIndex(IContentIndex inner) : IContentIndex
    {
        public required Func<Task> AfterRemoval { get; init; }

        public async Task<int> RemoveAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation)
        {
            var removed = await inner.RemoveAsync(blobs, cancellation);
            await AfterRemoval();
            return removed;
        }

        public Task<long> ReadProgressAsync(string subscriber, int partition, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<bool> ApplyAsync(ContentBatch batch, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<IndexedContent>> FindAsync(TokenQuery query, BlobFilter? among, long after, int limit, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<IndexedContent?>> ReadAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlySet<BlobId>> FindPresentAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IndexCounts> CountAsync(CancellationToken cancellation) => throw new NotSupportedException();
    }
}
