using MailGrains.Frontends.Http.Verification;
using MailGrains.Model;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.TestKit.Contracts;
using Xunit;

namespace MailGrains.Frontends.Tests.Http;

/// <summary>A mailbox's chain of events holds although its beginning is removed, also while it is looked at.</summary>
public sealed class EventChainTests
{
    private readonly InMemoryMailboxStore _store = new(partitions: 1);
    private readonly AccountId _account = new(Guid.NewGuid());
    private long _removed;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_holds_from_the_first_event_on_that_is_kept()
    {
        await WriteAsync(2500);
        Assert.Equal((2500, null), await new EventChain(_store, _account).VerifyAsync(Cancellation));
        await CutAsync(1200);
        Assert.Equal((1300, null), await new EventChain(_store, _account).VerifyAsync(Cancellation));
    }

    /// <summary>Reads: the first event, where the partition begins if that is not the first of all, then pages of 1000.</summary>
    [Theory]
    [InlineData(0, 1, 1800)]
    [InlineData(0, 2, 1800)]
    [InlineData(500, 1, 1800)]
    [InlineData(500, 2, 1800)]
    [InlineData(500, 3, 1800)]
    [InlineData(0, 2, 2499)]
    public async Task It_is_not_broken_by_what_is_removed_meanwhile(long before, int reads, long to)
    {
        await WriteAsync(2500);
        if (before > 0) await CutAsync(before);
        var log = new InterruptedLog(_store, reads, () => CutAsync(to));
        var (events, brokenAt) = await new EventChain(log, _account).VerifyAsync(Cancellation);
        Assert.Null(brokenAt);
        Assert.Equal(2500 - to, events);
    }

    [Fact]
    public async Task An_event_that_is_missing_breaks_it_whatever_was_removed_before()
    {
        await WriteAsync(2500);
        await CutAsync(500);
        var log = new InterruptedLog(_store, 1, () => CutAsync(600)) { Lacks = 1601 };
        Assert.Equal((1000, 1601), await new EventChain(log, _account).VerifyAsync(Cancellation));
        Assert.Equal((100, 701), await new EventChain(new InterruptedLog(_store, 0, null) { Lacks = 701 }, _account).VerifyAsync(Cancellation));
    }

    private async Task WriteAsync(int events)
    {
        var actor = await MailboxActor.ClaimAsync(_store, _account);
        MailboxCommit[] group = [actor.CreateFolder("INBOX"), .. Enumerable.Range(1, events - 1).Select(_ => actor.Deliver(FolderId.Inbox))];
        await _store.CommitAsync(group, Cancellation);
    }

    private async Task CutAsync(long to)
    {
        var retention = new InMemoryEventRetention(_store, new InMemorySubscriberStore());
        if (_removed > 0) await retention.CutAsync(0, new LogStart(0, _removed, DateTimeOffset.UnixEpoch, default), Cancellation);
        Assert.True(await retention.CutAsync(_removed, new LogStart(0, to, DateTimeOffset.UnixEpoch, default), Cancellation));
        _removed = to;
    }

    /// <summary>A log that is changed after so many reads, and that may lack an event.</summary>
    private sealed class InterruptedLog(IEventLog inner, int after, Func<Task>? happens) : IEventLog
    {
        private int _reads;

        public long Lacks { get; init; }

        public int Partitions => inner.Partitions;

        public Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation) => inner.ReadHeadAsync(cancellation);

        public async Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation) =>
            await InterruptedAsync(await inner.ReadAsync(partition, after, limit, cancellation));

        public async Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId account, long after, int limit, CancellationToken cancellation)
        {
            var found = await inner.ReadMailboxAsync(account, after, limit + 1, cancellation);
            return await InterruptedAsync([.. found.Where(e => e.Event.Sequence != Lacks).Take(limit)]);
        }

        private async Task<IReadOnlyList<EventRecord>> InterruptedAsync(IReadOnlyList<EventRecord> read)
        {
            if (++_reads == after && happens is not null) await happens();
            return read;
        }
    }
}
