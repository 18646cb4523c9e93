using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Storage;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Mailboxes;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Mailboxes;

/// <summary>
/// The mailbox's states between memory and disk. <see cref="Head"/> is what the next change builds on; <see cref="Published"/> is
/// durable and all that anybody is shown. A commit that fails voids the head: nothing goes on before the mailbox has been claimed again.
/// </summary>
internal sealed class CommitPipeline(AccountId account, IMailboxStore store, ICommitter committer, ILogger logger)
{
    private readonly Queue<Flight> _inFlight = new();
    private long _lastQueued;
    private long _lastPublished;
    private long _generation;
    private Task _lastCommit = Task.CompletedTask;

    /// <summary>null while void.</summary>
    public MailboxState? Head { get; private set; }

    /// <summary>null before the first claim.</summary>
    public MailboxState? Published { get; private set; }

    public long Epoch { get; private set; }

    /// <summary>True when the store has all there is.</summary>
    public bool IsSettled => Head is not null && ReferenceEquals(Head, Published);

    /// <summary>True when another activation has taken the mailbox: this one must end.</summary>
    public bool IsFenced { get; private set; }

    /// <summary>Called when a change has become durable.</summary>
    public Action<MailboxTurn>? OnPublished { get; set; }

    public Action? OnFenced { get; set; }

    public RecentMarks Recent { get; } = new();

    /// <summary>Claims the mailbox and starts from what the store has.</summary>
    public async Task ClaimAsync()
    {
        MailboxClaim claim;
        try
        {
            claim = await store.ClaimAsync(account, CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.ClaimFailed(logger, failure, account);
            Published ??= await StoredAsync();
            throw MailboxFault.Unavailable();
        }

        _generation++;
        _inFlight.Clear();
        Epoch = claim.Epoch;

        // Nobody has written since what is published here: everything in memory still holds.
        if (Published is null || Published.Head != claim.Head) Published = MailboxState.Of(claim);
        Head = Published;
        Log.Claimed(logger, account, Epoch);
    }

    /// <summary>What the store has, to be shown while it can't be claimed; null when it can't be read either.</summary>
    private async Task<MailboxState?> StoredAsync()
    {
        try
        {
            return await store.ReadMailboxAsync(account, CancellationToken.None) is { } stored ? MailboxState.Of(stored) : null;
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    /// <summary>
    /// Makes the turn's result the head and queues its commit, both before this returns its task. The task ends when the change is
    /// durable and published.
    /// </summary>
    /// <exception cref="Contracts.Mailboxes.MailboxException">The change is lost, or may be; the head is void.</exception>
    public Task CommitAsync(MailboxTurn turn)
    {
        var (after, commit) = turn.Build(Recent.Of);
        Head = after;
        var flight = new Flight(_generation, ++_lastQueued, after);
        _inFlight.Enqueue(flight);
        return _lastCommit = FinishAsync(turn, flight, committer.CommitAsync(commit));
    }

    /// <summary>
    /// Ends when the head as it is now is durable and published: what a call rests on that found its change made already, by another that
    /// may still be on its way to the disk.
    /// </summary>
    /// <exception cref="Contracts.Mailboxes.MailboxException">The head was lost.</exception>
    public Task HeadDurableAsync() => IsSettled ? Task.CompletedTask : _lastCommit;

    /// <summary>Applies what does not change the mailbox (pages read from the store, or dropped) to every state there is.</summary>
    public void Rewrite(Func<MailboxState, MailboxState> rewrite)
    {
        if (Published is not null) Published = rewrite(Published);
        foreach (var flight in _inFlight) flight.After = rewrite(flight.After);
        if (Head is not null) Head = _inFlight.Count == 0 ? Published : _inFlight.Last().After;
    }

    private async Task FinishAsync(MailboxTurn turn, Flight flight, Task commit)
    {
        try
        {
            await commit;
        }
        catch (Exception failure)
        {
            Fail(flight, failure);
            throw failure switch
            {
                FencedException => MailboxFault.Moved(),
                OutcomeUnknownException => MailboxFault.Uncertain(),
                _ => MailboxFault.Unavailable(),
            };
        }

        // Commits become durable in order, so what a later one carried holds what this one did.
        if (flight.Generation != _generation || flight.Number <= _lastPublished) return;
        _lastPublished = flight.Number;
        Published = flight.After;
        while (_inFlight.TryPeek(out var done) && done.Number <= flight.Number) _inFlight.Dequeue();
        OnPublished?.Invoke(turn);
    }

    private void Fail(Flight flight, Exception failure)
    {
        if (flight.Generation != _generation) return;
        if (Head is not null)
        {
            if (failure is FencedException) Log.Fenced(logger, account, Epoch);
            else Log.CommitFailed(logger, failure, account);
        }

        Head = null;
        if (failure is not FencedException || IsFenced) return;
        IsFenced = true;
        OnFenced?.Invoke();
    }

    private sealed class Flight(long generation, long number, MailboxState after)
    {
        public long Generation => generation;

        public long Number => number;

        public MailboxState After { get; set; } = after;
    }
}
