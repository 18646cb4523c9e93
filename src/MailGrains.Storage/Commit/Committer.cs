using System.Threading.Channels;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Commit;

/// <summary>
/// The group committer. One loop, in these steps:
/// <list type="number">
/// <item>takes what is waiting, up to the limits: a lone commit goes at once, a crowd gathers while the group before is written;</item>
/// <item>starts to flush the bodies, if the group has new ones, while the group before is still in its transaction;</item>
/// <item>waits for that transaction, so that groups are applied strictly in order, fails meanwhile what has waited for too long, and takes along what
/// came and needs no flush;</item>
/// <item>starts the transaction, which is committed after the flush, and goes back to 1.</item>
/// </list>
/// </summary>
public sealed partial class Committer : ICommitter, IAsyncDisposable
{
    private readonly IMailboxStore _store;
    private readonly IBodyStore _bodies;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CommitterLimits _limits;
    private readonly CommitterMetrics _metrics;
    private readonly EventSignal? _appended;
    private readonly CommitterLoad? _load;
    private readonly PoisonedEpochs _poisoned = new();
    private readonly Channel<PendingCommit> _queue = Channel.CreateUnbounded<PendingCommit>(new() { SingleReader = true });
    private readonly Task _loop;
    private readonly long _patience;

    // The group under way.
    private volatile Task _transaction = Task.CompletedTask;
    private volatile List<PendingCommit> _applied = [];

    // The channel for one reader doesn't count. Raised after the hand-over, so it may be below zero for an instant.
    private int _queued;

    /// <param name="appended">Raised after each group that was written.</param>
    /// <param name="load">Told how long each took.</param>
    public Committer(
        IMailboxStore store,
        IBodyStore bodies,
        ILogger<Committer> logger,
        TimeProvider? time = null,
        CommitterLimits? limits = null,
        EventSignal? appended = null,
        CommitterLoad? load = null)
    {
        _store = store;
        _bodies = bodies;
        _logger = logger;
        _time = time ?? TimeProvider.System;
        _limits = limits ?? new CommitterLimits();
        _patience = (long)(_limits.Patience.TotalSeconds * _time.TimestampFrequency);
        _appended = appended;
        _load = load;
        _metrics = new CommitterMetrics(this, () => Math.Max(0, Volatile.Read(ref _queued)));

        // Not on the creator's scheduler: that may be a grain's.
        _loop = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public Task CommitAsync(MailboxCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var pending = new PendingCommit(commit);
        commit.GiveUpAt = _time.GetTimestamp() + _patience;

        // Nobody else is about: the disk begins while the loop wakes up.
        if (pending.HasBodies && Volatile.Read(ref _queued) == 0 && _transaction.IsCompleted) pending.Flush = FlushAsync();
        if (_queue.Writer.TryWrite(pending)) Interlocked.Increment(ref _queued);
        else pending.SetException(new StoreUnavailableException("The store is closing."));
        return pending.Task;
    }

    private async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            // 1.
            var group = new List<PendingCommit>();
            var started = _time.GetTimestamp();
            var bytes = Take(group, 0, withBodies: true);

            // 2.
            var flush = FlushAsync(group);

            // 3.
            while (!_transaction.IsCompleted)
            {
                await _transaction.WaitAsync(LookEvery, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!_transaction.IsCompleted) GiveUpLate(group);
            }

            Take(group, bytes, withBodies: false);

            // 4. Ends without an exception, whatever happens.
            _applied = group;
            _transaction = ApplyAsync(group, flush, started);
        }

        await _transaction;
    }

    private long Take(List<PendingCommit> group, long bytes, bool withBodies)
    {
        var reader = _queue.Reader;
        var before = group.Count;
        while (group.Count < _limits.Commits && (bytes < _limits.Bytes || group.Count == 0) && reader.TryPeek(out var next))
        {
            if (!withBodies && next.HasBodies) break;
            reader.TryRead(out _);
            group.Add(next);
            bytes += next.EstimateBytes();
        }

        Interlocked.Add(ref _queued, before - group.Count);
        return bytes;
    }

    private Task FlushAsync(List<PendingCommit> group)
    {
        var first = group.FindIndex(pending => pending.HasBodies);
        if (first < 0) return Task.CompletedTask;

        // What a commit's own flush has begun with is its own body; that of others may have come after.
        var flush = group[first].Flush is { } begun && group.FindIndex(first + 1, pending => pending.HasBodies) < 0 ? begun : FlushAsync();
        return CheckedAsync(flush, group.ToArray());
    }

    // Async, so that whatever happens is the task's.
    private async Task FlushAsync() => await _bodies.FlushAsync(CancellationToken.None);

    /// <summary>Only after a flush is it known what was lost to an earlier one.</summary>
    private async Task CheckedAsync(Task flush, PendingCommit[] group)
    {
        await flush;
        if (Array.Exists(group, IsLost)) throw new BodyLostException();
    }

    private async Task ApplyAsync(List<PendingCommit> group, Task flush, long started)
    {
        var now = _time.GetTimestamp();
        await TransactAsync(Weed(group, pending => pending.Failure ?? (pending.IsLate(now) ? Late() : null)), flush);
        var took = _time.GetElapsedTime(started);
        _metrics.Group(group.Count, took);
        _load?.Wrote(took);
        foreach (var pending in group)
        {
            if (!pending.Task.IsCompleted) Finish(pending);
        }

        _applied = [];
        _appended?.Raise();
    }

    /// <summary>Marks the commits that must not reach the store as failed, and returns the others.</summary>
    /// <param name="rejection">Why one must not, beside the failure of what it builds on.</param>
    private List<PendingCommit> Weed(List<PendingCommit> group, Func<PendingCommit, Exception?> rejection)
    {
        List<PendingCommit>? live = null;
        for (var i = 0; i < group.Count; i++)
        {
            if ((_poisoned.Check(group[i].Commit.Account, group[i].Commit.Epoch) ?? rejection(group[i])) is { } reason)
            {
                live ??= group.GetRange(0, i);
                Fail(group[i], reason);
            }
            else
            {
                live?.Add(group[i]);
            }
        }

        return live ?? group;
    }

    private bool IsLost(PendingCommit pending)
    {
        var emails = pending.Commit.Emails;
        for (var i = 0; i < emails.Count; i++)
        {
            if (_bodies.IsLost(emails[i].Body)) return true;
        }

        return false;
    }

    private async ValueTask TransactAsync(List<PendingCommit> live, Task flush)
    {
        if (live.Count == 0) return;
        IReadOnlyList<CommitOutcome> outcomes;
        try
        {
            outcomes = await _store.CommitAsync(live.ConvertAll(pending => pending.Commit), flush, CancellationToken.None);
        }
        catch (BodyLostException lost)
        {
            await TransactAsync(Weed(live, pending => IsLost(pending) ? lost : null), Task.CompletedTask);
            return;
        }
        catch (Exception failure) when (flush is { IsCompleted: true, IsCompletedSuccessfully: false })
        {
            Log.BodyFlushFailed(_logger, failure, live.Count(pending => pending.HasBodies));
            await TransactAsync(Weed(live, pending => pending.HasBodies ? failure : null), Task.CompletedTask);
            return;
        }
        catch (Exception failure) when (failure is not (StoreUnavailableException or OutcomeUnknownException) && live.Count > 1)
        {
            Log.GroupSplit(_logger, failure, live.Count);
            await TransactOneByOneAsync(live, flush);
            return;
        }
        catch (Exception failure)
        {
            Log.GroupFailed(_logger, failure, live.Count);
            foreach (var pending in live) Fail(pending, failure);
            return;
        }

        for (var i = 0; i < live.Count; i++)
        {
            if (outcomes[i] == CommitOutcome.Fenced) Fence(live[i]);
        }
    }

    /// <summary>One commit that the store chokes on must not take down the mailboxes that share its group.</summary>
    private async ValueTask TransactOneByOneAsync(List<PendingCommit> live, Task flush)
    {
        foreach (var pending in live)
        {
            if (_poisoned.Check(pending.Commit.Account, pending.Commit.Epoch) is { } poisoned) Fail(pending, poisoned);
            else await TransactAsync([pending], flush);
        }
    }

    private void Fence(PendingCommit pending)
    {
        var commit = pending.Commit;
        Log.Fenced(_logger, commit.Account, commit.Epoch);
        Fail(pending, new FencedException(commit.Account, commit.Epoch));
    }

    private void Fail(PendingCommit pending, Exception reason)
    {
        pending.Failure = reason switch
        {
            FencedException => reason,
            OutcomeUnknownException => new OutcomeUnknownException("The change may have become durable or not.", reason),
            _ => new StoreUnavailableException("The change could not be made durable.", reason),
        };
        _poisoned.Add(pending.Commit.Account, pending.Commit.Epoch, pending.Failure);
    }

    private void Finish(PendingCommit pending)
    {
        switch (pending.Failure)
        {
            case null:
                _metrics.Durable(pending.Commit);
                pending.SetResult();
                break;
            case FencedException fenced:
                _metrics.Fenced();
                pending.SetException(fenced);
                break;
            case var failure:
                _metrics.Failed();
                pending.SetException(failure);
                break;
        }
    }
}
