using MailGrains.Model;
using MailGrains.Storage.Commit;

namespace MailGrains.Storage.Relational.Reading;

/// <summary>
/// Every delivery asks whether it was made before, and nearly always the answer is no. Those who ask at the same time share one round trip: while one
/// round is with the server the next gathers. Thread-safe.
/// </summary>
internal sealed class OperationGatherer(IDatabase database)
{
    private const int MostAtOnce = 128;

    private readonly Lock _lock = new();
    private List<Asked> _waiting = [];
    private bool _running;

    /// <inheritdoc cref="Mailboxes.IMailboxStore.FindOperationAsync"/>
    public Task<ReadOnlyMemory<byte>?> FindAsync(AccountId account, OperationId operation, CancellationToken cancellation)
    {
        var asked = new Asked(account, operation);
        lock (_lock)
        {
            _waiting.Add(asked);
            if (_running) return asked.Task.WaitAsync(cancellation);
            _running = true;
        }

        // Not on the caller's scheduler: that may be a grain's.
        _ = Task.Run(RunAsync, CancellationToken.None);
        return asked.Task.WaitAsync(cancellation);
    }

    private async Task RunAsync()
    {
        while (Take() is { Count: > 0 } round) await AnswerAsync(round);
    }

    private List<Asked> Take()
    {
        lock (_lock)
        {
            var round = _waiting;
            _waiting = [];
            if (round.Count > MostAtOnce)
            {
                _waiting.AddRange(round.GetRange(MostAtOnce, round.Count - MostAtOnce));
                round.RemoveRange(MostAtOnce, round.Count - MostAtOnce);
            }

            _running = round.Count > 0;
            return round;
        }
    }

    private async Task AnswerAsync(List<Asked> round)
    {
        try
        {
            var accounts = round.ConvertAll(a => a.Account.Value).ToArray();
            var ids = round.ConvertAll(a => a.Operation.Value.ToArray()).ToArray();
            var found = await database.AskAsync(
                "operation",
                [new("FindOperations", accounts, ids)],
                (r, c) => Rows.AllAsync(r, row => (Rows.Account(row, 0), new OperationId(Rows.Hash(row, 1)), row.GetFieldValue<byte[]>(2)), c),
                CancellationToken.None);
            foreach (var (account, operation, result) in found)
            {
                foreach (var asked in round)
                    if (asked.Account == account && asked.Operation == operation) asked.TrySetResult(result.AsMemory());
            }

            foreach (var asked in round) asked.TrySetResult(null);
        }
        catch (Exception e)
        {
            foreach (var asked in round) asked.TrySetException(e);
        }
    }

    private sealed class Asked(AccountId account, OperationId operation)
        : TaskCompletionSource<ReadOnlyMemory<byte>?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public AccountId Account => account;

        public OperationId Operation => operation;
    }
}
