using System.Diagnostics.Metrics;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MailGrains.Storage.Tests.Commit;

public sealed partial class CommitterTests : IAsyncDisposable
{
    private readonly ScriptedMailboxStore _store = new();
    private readonly ScriptedBodyStore _bodies = new();
    private readonly Committer _committer;
    private readonly AccountId _anna = new(Guid.CreateVersion7());
    private readonly AccountId _ben = new(Guid.CreateVersion7());

    public CommitterTests() =>
        _committer = new Committer(_store, _bodies, NullLogger<Committer>.Instance, limits: new CommitterLimits(Commits: 4, Bytes: 100_000));

    public async ValueTask DisposeAsync()
    {
        _store.Release();
        _bodies.Release();
        await _committer.DisposeAsync();
    }

    [Fact]
    public async Task A_lone_commit_goes_at_once_and_ends_when_its_transaction_has()
    {
        var task = Flags(_anna);
        var transaction = await _store.NextAsync();
        Assert.Single(transaction.Group);
        Assert.False(task.IsCompleted);
        transaction.Commit();
        await task;
        Assert.True(_bodies.Idle);
    }

    [Fact]
    public async Task What_comes_while_a_transaction_runs_becomes_one_group_in_the_order_of_the_calls()
    {
        var first = Flags(_anna);
        var running = await _store.NextAsync();
        Task[] later = [Flags(_anna, modSeq: 2), Flags(_ben, modSeq: 3), Flags(_anna, modSeq: 4)];
        running.Commit();
        await first;

        var next = await _store.NextAsync();
        Assert.Equal([2, 3, 4], next.Group.Select(commit => commit.Head.ModSeq));
        next.Commit();
        await Task.WhenAll(later);
    }

    [Fact]
    public async Task A_group_holds_no_more_commits_than_its_limit()
    {
        var first = Flags(_anna);
        var running = await _store.NextAsync();
        var later = Enumerable.Range(2, 6).Select(modSeq => Flags(_anna, modSeq)).ToArray();
        running.Commit();
        var second = await _store.NextAsync();
        second.Commit();
        var third = await _store.NextAsync();
        third.Commit();

        await Task.WhenAll([first, .. later]);
        Assert.Equal([2, 3, 4, 5, 6, 7], second.Group.Concat(third.Group).Select(commit => commit.Head.ModSeq));
        Assert.True(second.Group.Count <= 4);
    }

    [Fact]
    public async Task A_group_takes_one_commit_above_the_limit_of_octets_and_no_second()
    {
        var first = Flags(_anna);
        var running = await _store.NextAsync();
        Task[] later = [Flags(_anna, 2, eventBytes: 200_000), Flags(_anna, 3, eventBytes: 200_000)];
        running.Commit();
        foreach (var modSeq in (long[])[2, 3])
        {
            var transaction = await _store.NextAsync();
            Assert.Equal([modSeq], transaction.Group.Select(commit => commit.Head.ModSeq));
            transaction.Commit();
        }

        await Task.WhenAll([first, .. later]);
    }

    [Fact]
    public async Task A_fenced_commit_fails_its_mailbox_alone_and_for_the_rest_of_the_epoch()
    {
        var first = Flags(_ben);
        var running = await _store.NextAsync();
        var fenced = Flags(_anna, 2);
        var other = Flags(_ben, 3);
        running.Commit();
        await first;
        (await _store.NextAsync()).Outcome.SetResult([CommitOutcome.Fenced, CommitOutcome.Committed]);
        await Assert.ThrowsAsync<FencedException>(() => fenced);
        await other;

        var after = await Assert.ThrowsAsync<FencedException>(() => Flags(_anna, 4));
        Assert.Equal((_anna, 1), (after.Account, after.Epoch));
        Assert.True(_store.Idle);
    }

    [Fact]
    public async Task An_unavailable_store_fails_the_group_and_all_later_commits_of_those_epochs_until_a_new_claim()
    {
        var lost = Flags(_anna, 1);
        var running = await _store.NextAsync();
        var queued = Flags(_anna, 2);
        var other = Flags(_ben, 3);
        running.Fail(new StoreUnavailableException("disk full"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => lost);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Reach(other, queued));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Flags(_anna, 4));

        var claimed = Flags(_anna, 2, epoch: 2);
        var transaction = await _store.NextAsync();
        Assert.Equal([2], transaction.Group.Select(commit => commit.Epoch));
        transaction.Commit();
        await claimed;
        return;

        // The other mailbox's commit goes through while the poisoned one fails.
        async Task Reach(Task good, Task bad)
        {
            var next = await _store.NextAsync();
            Assert.Equal([_ben], next.Group.Select(commit => commit.Account));
            next.Commit();
            await good;
            await bad;
        }
    }

    [Fact]
    public async Task A_commit_the_store_chokes_on_fails_alone()
    {
        var first = Flags(_ben, 1);
        var running = await _store.NextAsync();
        _store.Answer = group => group.Any(commit => commit.Head.ModSeq == 3)
            ? throw new InvalidOperationException("constraint")
            : ScriptedMailboxStore.AllCommitted(group);
        Task[] tasks = [Flags(_ben, 2), Flags(_anna, 3), Flags(_anna, 4), Flags(_ben, 5)];
        running.Commit();
        await first;
        await tasks[0];
        await Assert.ThrowsAsync<StoreUnavailableException>(() => tasks[1]);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => tasks[2]);
        await tasks[3];
    }

    [Fact]
    public async Task Tasks_of_a_mailbox_end_in_order_even_when_a_later_one_is_refused_early()
    {
        var first = Flags(_anna, 1);
        var running = await _store.NextAsync();
        var good = Flags(_anna, 2);
        var lost = Append(_anna, 3);
        (await _bodies.NextFlushAsync()).SetException(new StoreUnavailableException("fsync"));
        running.Commit();
        await first;
        var transaction = await _store.NextAsync();
        Assert.False(lost.IsCompleted);
        transaction.Commit();
        await good;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => lost);
    }

    [Fact]
    public async Task Disposing_finishes_what_was_handed_in_and_refuses_the_rest()
    {
        var first = Flags(_anna, 1);
        var running = await _store.NextAsync();
        var queued = Flags(_anna, 2);
        var disposal = _committer.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Flags(_anna, 3));
        Assert.False(disposal.IsCompleted);
        running.Commit();
        (await _store.NextAsync()).Commit();
        await Task.WhenAll(first, queued, disposal);
    }

    [Fact]
    public async Task Meters_show_group_sizes_the_queue_and_refusals()
    {
        var seen = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, it) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, _committer)) it.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Note(instrument, value));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Note(instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Note(instrument, value));
        listener.Start();

        var first = Flags(_anna);
        var running = await _store.NextAsync();
        var waiting = Append(_ben);
        var flush = await _bodies.NextFlushAsync();
        var queued = Append(_ben, 2);
        listener.RecordObservableInstruments();
        Assert.Equal(1, seen["mailgrains.commit.queue.length"]);

        _bodies.Instant = true;
        running.Outcome.SetResult([CommitOutcome.Fenced]);
        await Assert.ThrowsAsync<FencedException>(() => first);
        flush.SetException(new StoreUnavailableException("fsync"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => waiting);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => queued);
        listener.RecordObservableInstruments();
        Assert.Equal(1, seen["mailgrains.commit.fenced"]);
        Assert.Equal(2, seen["mailgrains.commit.failed"]);
        Assert.Equal(3, seen["mailgrains.commit.group.size"]);
        Assert.True(seen["mailgrains.commit.group.duration"] > 0);

        void Note(Instrument instrument, double value)
        {
            lock (seen) seen[instrument.Name] = seen.GetValueOrDefault(instrument.Name) + value;
        }
    }

    private Task Flags(AccountId account, long modSeq = 1, long epoch = 1, int eventBytes = 0) =>
        _committer.CommitAsync(Commits.Make(account, modSeq, epoch, eventBytes));

    private Task Append(AccountId account, long modSeq = 1, int pack = 1) =>
        _committer.CommitAsync(Commits.MakeAppend(account, modSeq, new BodyLocator(pack, 0, 1, 1)));
}
