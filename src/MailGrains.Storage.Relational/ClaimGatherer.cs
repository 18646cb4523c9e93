using MailGrains.Model;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Storage.Relational;

/// <summary>
/// Claims that wait at the same time share one transaction: while one round is with the server the next gathers. Thread-safe.
/// </summary>
/// <param name="claim">
/// Claims mailboxes, all different and in the order of their accounts, in one transaction; gives one claim for each, in the same order.
/// </param>
public sealed class ClaimGatherer(Func<IReadOnlyList<AccountId>, Task<IReadOnlyList<MailboxClaim>>> claim)
{
    private const int MostAtOnce = 256;

    private readonly Lock _lock = new();
    private readonly List<(AccountId Account, TaskCompletionSource<MailboxClaim> Done)> _waiting = [];
    private bool _running;

    public Task<MailboxClaim> ClaimAsync(AccountId account)
    {
        var done = new TaskCompletionSource<MailboxClaim>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((account, done));
            if (_running) return done.Task;
            _running = true;
        }

        _ = Task.Run(RunAsync);
        return done.Task;
    }

    private async Task RunAsync()
    {
        while (Take() is { Count: > 0 } round) await ClaimAsync(round);
    }

    private async Task ClaimAsync(SortedDictionary<Guid, TaskCompletionSource<MailboxClaim>> round)
    {
        try
        {
            var claims = await claim([.. round.Keys.Select(k => new AccountId(k))]);
            foreach (var (done, result) in round.Values.Zip(claims)) done.SetResult(result);
        }
        catch (Exception e)
        {
            foreach (var done in round.Values) done.TrySetException(e);
        }
    }

    /// <summary>The next round; a mailbox claimed twice waits for another, so that each claim has an epoch of its own.</summary>
    private SortedDictionary<Guid, TaskCompletionSource<MailboxClaim>> Take()
    {
        var round = new SortedDictionary<Guid, TaskCompletionSource<MailboxClaim>>();
        lock (_lock)
        {
            _waiting.RemoveAll(w => round.Count < MostAtOnce && round.TryAdd(w.Account.Value, w.Done));
            _running = round.Count > 0;
        }

        return round;
    }
}
