using MailGrains.Model;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every engine owes the subscribers of events.</summary>
public abstract class EventLogContract : StoreContract
{
    [Fact]
    public async Task Events_are_read_back_as_written()
    {
        var actor = await MailboxAsync();
        var commit = actor.Deliver(FolderId.Inbox);
        await CommitAsync(commit);

        var partition = EventPartition.Of(actor.Account, Store.Events.Partitions);
        var read = await Store.Events.ReadAsync(partition, 1, 10, Cancellation);

        var record = Assert.Single(read);
        Assert.Equal((partition, 2L, actor.Account), (record.Partition, record.Position, record.Account));
        var (expected, actual) = (Assert.Single(commit.Events), record.Event);
        Assert.Equal(expected with { Payload = default }, actual with { Payload = default });
        Assert.Equal(expected.Payload.ToArray(), actual.Payload.ToArray());
        var byMailbox = Assert.Single(await Store.Events.ReadMailboxAsync(actor.Account, 1, 10, Cancellation));
        Assert.Equal((record.Position, expected.Hash), (byMailbox.Position, byMailbox.Event.Hash));
    }

    [Fact]
    public async Task Positions_are_gapless_and_in_commit_order_under_concurrent_groups()
    {
        const int Writers = 6, Rounds = 20;
        var committed = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(Rounds), Cancellation)));
        var expected = committed.SelectMany(c => c).ToLookup(c => c.Account);

        var seen = 0;
        for (var partition = 0; partition < Store.Events.Partitions; partition++)
        {
            var log = await ReadAllAsync(partition);
            Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log.Select(e => e.Position));
            foreach (var mailbox in log.GroupBy(e => e.Account))
            {
                Assert.Equal(partition, EventPartition.Of(mailbox.Key, Store.Events.Partitions));
                Assert.Equal(expected[mailbox.Key].Select(c => c.Events[0].Hash), mailbox.Select(e => e.Event.Hash));
            }

            seen += log.Count;
        }

        Assert.Equal(committed.Sum(c => c.Count), seen);
    }

    [Fact]
    public async Task The_hash_chain_of_a_mailbox_holds_and_shows_tampering()
    {
        var actor = await MailboxAsync();
        await CommitAsync([.. Enumerable.Range(0, 25).Select(_ => actor.Deliver(FolderId.Inbox))]);

        var events = await Store.Events.ReadMailboxAsync(actor.Account, 0, 1000, Cancellation);

        Assert.Equal(26, events.Count);
        var previous = default(BlobId);
        for (var i = 0; i < events.Count; i++)
        {
            var write = events[i].Event;
            Assert.Equal(i + 1, write.Sequence);
            Assert.Equal(previous, write.PreviousHash);
            Assert.Equal(EventHash.Compute(previous, actor.Account, write.Sequence, write.At, write.Type, write.Payload.Span), write.Hash);
            Assert.NotEqual(EventHash.Compute(previous, actor.Account, write.Sequence, write.At, write.Type, [.. write.Payload.Span, 0]), write.Hash);
            previous = write.Hash;
        }

        Assert.Equal(actor.Head.LastEventHash, previous);
    }

    [Fact]
    public async Task Reading_goes_on_from_a_position_up_to_a_limit()
    {
        var actor = await MailboxAsync();
        await CommitAsync([.. Enumerable.Range(0, 9).Select(_ => actor.Deliver(FolderId.Inbox))]);
        var partition = EventPartition.Of(actor.Account, Store.Events.Partitions);

        Assert.Equal([4L, 5, 6], (await Store.Events.ReadAsync(partition, 3, 3, Cancellation)).Select(e => e.Position));
        Assert.Equal([10L], (await Store.Events.ReadAsync(partition, 9, 3, Cancellation)).Select(e => e.Position));
        Assert.Empty(await Store.Events.ReadAsync(partition, 10, 3, Cancellation));
        Assert.Equal([9L, 10], (await Store.Events.ReadMailboxAsync(actor.Account, 8, 3, Cancellation)).Select(e => e.Event.Sequence));
        Assert.Empty(await Store.Events.ReadMailboxAsync(NewAccount(), 0, 3, Cancellation));
    }

    [Fact]
    public async Task The_head_is_the_last_position_of_each_partition()
    {
        Assert.Equal(new long[Store.Events.Partitions], await Store.Events.ReadHeadAsync(Cancellation));
        var expected = new long[Store.Events.Partitions];
        for (var i = 0; i < 9; i++)
        {
            var actor = await MailboxAsync();
            await CommitAsync(actor.Deliver(FolderId.Inbox));
            expected[EventPartition.Of(actor.Account, expected.Length)] += 2;
        }

        Assert.Equal(expected, await Store.Events.ReadHeadAsync(Cancellation));
    }

    [Fact]
    public async Task A_time_is_found_in_a_partition()
    {
        var actor = await MailboxAsync();
        var partition = EventPartition.Of(actor.Account, Store.Events.Partitions);
        await CommitAsync([.. Enumerable.Range(0, 9).Select(_ => actor.Deliver(FolderId.Inbox))]);
        var log = await ReadAllAsync(partition);
        Assert.Equal(10, log.Count);

        Assert.Equal(1, await Store.Events.FirstKeptAsync(partition, Cancellation));
        foreach (var one in log) Assert.Equal(one.Position - 1, await Store.Events.FindBeforeAsync(partition, one.Event.At, Cancellation));
        Assert.Equal(0, await Store.Events.FindBeforeAsync(partition, DateTimeOffset.UnixEpoch, Cancellation));
        Assert.Equal(10, await Store.Events.FindBeforeAsync(partition, log[^1].Event.At.AddSeconds(1), Cancellation));
        var empty = (partition + 1) % Store.Events.Partitions;
        Assert.Null(await Store.Events.FirstKeptAsync(empty, Cancellation));
        Assert.Equal(0, await Store.Events.FindBeforeAsync(empty, log[0].Event.At, Cancellation));
    }

    [Fact]
    public async Task A_fenced_commit_leaves_no_event_and_no_gap()
    {
        var stale = await MailboxAsync();
        var owner = await ClaimAsync(stale.Account);
        await Store.Mailboxes.CommitAsync([stale.Deliver(FolderId.Inbox), owner.Deliver(FolderId.Inbox)], Cancellation);
        await CommitAsync(owner.Deliver(FolderId.Inbox));

        var log = await ReadAllAsync(EventPartition.Of(stale.Account, Store.Events.Partitions));
        Assert.Equal([1L, 2, 3], log.Select(e => e.Position));
        Assert.Equal([1L, 2, 3], log.Select(e => e.Event.Sequence));
    }

    private async Task<List<MailboxCommit>> WriteAsync(int rounds)
    {
        var actors = new[] { await MailboxAsync(), await MailboxAsync() };
        var written = new List<MailboxCommit>();
        foreach (var actor in actors) written.Add(actor.CreateFolder("Second"));
        await CommitAsync([.. written]);
        for (var round = 0; round < rounds; round++)
        {
            var group = actors.Concat(actors).Select(a => a.Deliver(FolderId.Inbox)).ToArray();
            await CommitAsync(group);
            written.AddRange(group);
        }

        // The event of each INBOX' creation came first, outside this list.
        foreach (var actor in actors) written.Insert(0, await FirstOf(actor));
        return written;
    }

    private async Task<MailboxCommit> FirstOf(MailboxActor actor) => new()
    {
        Account = actor.Account,
        Epoch = actor.Epoch,
        Head = actor.Head,
        Events = [(await Store.Events.ReadMailboxAsync(actor.Account, 0, 1, Cancellation))[0].Event],
    };

    private async Task<List<EventRecord>> ReadAllAsync(int partition)
    {
        var log = new List<EventRecord>();
        while (await Store.Events.ReadAsync(partition, log.Count == 0 ? 0 : log[^1].Position, 7, Cancellation) is { Count: > 0 } chunk)
            log.AddRange(chunk);
        return log;
    }
}
