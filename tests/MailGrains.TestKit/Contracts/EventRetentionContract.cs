using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using MailGrains.Storage.Subscribers;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every engine owes those who shorten the log.</summary>
public abstract class EventRetentionContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Latest = new(2026, 3, 29, 1, 59, 59, 123, 456, TimeSpan.Zero);

    private EventRetentionHarness? _harness;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private EventRetentionHarness Engine => _harness ?? throw new InvalidOperationException("The store is not open.");

    public async ValueTask InitializeAsync() => _harness = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_harness is not null) await _harness.Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<EventRetentionHarness> OpenAsync();

    [Fact]
    public async Task What_is_removed_is_gone_and_the_rest_stays_as_it_is()
    {
        var actor = await FilledAsync(9);
        var partition = PartitionOf(actor);
        var before = await ReadAsync(partition);

        Assert.True(await CutAsync(partition, 0, 4));

        Assert.Equal(Identity(before.Skip(4)), Identity(await ReadAsync(partition)));
        Assert.Equal(Identity(before.Skip(4)), Identity(await Engine.Store.Events.ReadMailboxAsync(actor.Account, 0, 100, Cancellation)));
        Assert.Equal(4, await Engine.Store.Events.BeforeFirstAsync(partition, Cancellation));
        Assert.Equal(before.Count, (await Engine.Store.Events.ReadHeadAsync(Cancellation))[partition]);
        var start = Assert.Single(await Engine.Retention.ReadStartsAsync(Cancellation));
        Assert.Equal((partition, 4L, Latest), (start.Partition, start.Removed, start.Latest));
        Assert.Equal("edge"u8, start.Edge.Span);
    }

    [Fact]
    public async Task The_log_goes_on_after_its_last_position()
    {
        var actor = await FilledAsync(5);
        var partition = PartitionOf(actor);
        Assert.True(await CutAsync(partition, 0, 5));

        var commit = actor.Deliver(FolderId.Inbox);
        Assert.Equal([Storage.Commit.CommitOutcome.Committed], await Engine.Store.Mailboxes.CommitAsync([commit], Cancellation));

        Assert.Equal([6L, 7L], (await ReadAsync(partition)).Select(e => e.Position));
        Assert.Equal(7, (await Engine.Store.Events.ReadMailboxAsync(actor.Account, 6, 10, Cancellation)).Single().Event.Sequence);
    }

    [Fact]
    public async Task Other_partitions_keep_theirs()
    {
        var one = await FilledAsync(5);
        var other = await FilledAsync(5, actor => PartitionOf(actor) != PartitionOf(one));
        var before = await ReadAsync(PartitionOf(other));

        Assert.True(await CutAsync(PartitionOf(one), 0, 3));

        Assert.Equal(Identity(before), Identity(await ReadAsync(PartitionOf(other))));
    }

    [Fact]
    public async Task Of_two_who_remove_from_the_same_beginning_one_gets_on()
    {
        var actor = await FilledAsync(9);
        var partition = PartitionOf(actor);
        var cuts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CutAsync(partition, 0, 4)));
        Assert.Single(cuts, cut => cut);

        Assert.False(await CutAsync(partition, 0, 6));
        Assert.False(await CutAsync(partition, 3, 6));
        Assert.Equal(5, (await ReadAsync(partition))[0].Position);
        Assert.True(await CutAsync(partition, 4, 6));
        Assert.Equal(7, (await ReadAsync(partition))[0].Position);
    }

    [Theory]
    [InlineData(SubscriberState.Running)]
    [InlineData(SubscriberState.Paused)]
    public async Task Nobody_loses_what_he_has_not_handled(SubscriberState state)
    {
        var actor = await FilledAsync(9);
        var partition = PartitionOf(actor);
        await Engine.Subscribers.StartSubscriberAsync("ahead", partition, 9, Cancellation);
        await Engine.Subscribers.StartSubscriberAsync("behind", partition, 3, Cancellation);
        await Engine.Subscribers.SetSubscriberStateAsync("behind", state, Cancellation);
        await Engine.Subscribers.StartSubscriberAsync("elsewhere", partition + 1, 0, Cancellation);

        Assert.False(await CutAsync(partition, 0, 4));
        Assert.Empty(await Engine.Retention.ReadStartsAsync(Cancellation));
        Assert.Equal(1, (await ReadAsync(partition))[0].Position);

        Assert.True(await CutAsync(partition, 0, 3));
        Assert.False(await CutAsync(partition, 3, 4));
        await Engine.Subscribers.MoveSubscriberAsync("behind", partition, 4, Cancellation);
        Assert.True(await CutAsync(partition, 3, 4));
    }

    [Fact]
    public async Task The_last_event_stays()
    {
        var actor = await FilledAsync(5);
        var partition = PartitionOf(actor);
        Assert.False(await CutAsync(partition, 0, 6));
        Assert.False(await CutAsync(partition, 0, 7));
        Assert.True(await CutAsync(partition, 0, 5));
        Assert.Equal(6, Assert.Single(await ReadAsync(partition)).Position);
    }

    [Fact]
    public async Task The_clock_is_remembered()
    {
        Assert.Null(await Engine.Retention.ReadClockAsync(Cancellation));
        await Engine.Retention.WriteClockAsync(new ClockState(Latest, TimeSpan.FromHours(3)), Cancellation);
        await Engine.Retention.WriteClockAsync(new ClockState(Latest.AddDays(1), TimeSpan.FromHours(2)), Cancellation);
        Assert.Equal(new ClockState(Latest.AddDays(1), TimeSpan.FromHours(2)), await Engine.Retention.ReadClockAsync(Cancellation));
    }

    /// <summary>A mailbox with an event more than it has messages.</summary>
    private async Task<MailboxActor> FilledAsync(int messages, Func<MailboxActor, bool>? fits = null)
    {
        MailboxActor actor;
        do
        {
            actor = await MailboxActor.ClaimAsync(Engine.Store.Mailboxes, new AccountId(Guid.NewGuid()));
        }
        while (fits?.Invoke(actor) == false);
        await Engine.Store.Mailboxes.CommitAsync([actor.CreateFolder("INBOX")], Cancellation);
        for (var i = 0; i < messages; i++) await Engine.Store.Mailboxes.CommitAsync([actor.Deliver(FolderId.Inbox)], Cancellation);
        return actor;
    }

    private Task<bool> CutAsync(int partition, long from, long to) =>
        Engine.Retention.CutAsync(from, new LogStart(partition, to, Latest, "edge"u8.ToArray()), Cancellation);

    private int PartitionOf(MailboxActor actor) => EventPartition.Of(actor.Account, Engine.Store.Events.Partitions);

    private Task<IReadOnlyList<EventRecord>> ReadAsync(int partition) => Engine.Store.Events.ReadAsync(partition, 0, 1000, Cancellation);

    private static IEnumerable<(long Position, BlobId Hash)> Identity(IEnumerable<EventRecord> events) => events.Select(e => (e.Position, e.Event.Hash));
}
