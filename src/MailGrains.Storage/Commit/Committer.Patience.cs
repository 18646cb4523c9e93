namespace MailGrains.Storage.Commit;

/// <summary>What becomes of commits while the store does not answer.</summary>
public sealed partial class Committer
{
    /// <summary>How often a transaction that does not end lets the loop look at what waits.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long a group may take in a process that ends.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private int _leaving;

    /// <summary>
    /// The process is about to end: goes on, but waits no longer for a store that does not answer. Whoever would have to wait for that could not end.
    /// </summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _leaving, 1) == 0) _ = LeaveAsync();
    }

    /// <summary>Takes no further commits, finishes those it has, as far as the store answers, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        if (!_loop.IsCompleted) Leave();
        await _loop;
        _metrics.Dispose();
    }

    private async Task LeaveAsync()
    {
        while (!_loop.IsCompleted)
        {
            var transaction = _transaction;
            await _loop.WaitAsync(Farewell, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (transaction.IsCompleted) continue;
            _store.StopWaiting();
            return;
        }
    }

    /// <summary>
    /// The transaction of the group before does not end: fails what has waited for too long. It stays in its group, to be left out there and to fail
    /// what builds on it. Mailboxes of the transaction wait for its end, because tasks of a mailbox end in order.
    /// </summary>
    private void GiveUpLate(List<PendingCommit> group)
    {
        var now = _time.GetTimestamp();
        while (_queue.Reader.TryPeek(out var next) && next.IsLate(now) && _queue.Reader.TryRead(out _))
        {
            Interlocked.Decrement(ref _queued);
            group.Add(next);
        }

        var applied = _applied.Select(pending => pending.Commit.Account).ToHashSet();
        foreach (var pending in group)
        {
            if (pending.Failure is not null || !pending.IsLate(now) || applied.Contains(pending.Commit.Account)) continue;
            pending.Failure = Late();
            Finish(pending);
        }
    }

    private static StoreUnavailableException Late() => new("The store did not take it in good time.");
}
