using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Storage;
using MailGrains.Storage.Commit;

namespace MailGrains.Grains.Mailboxes;

/// <summary>Calls that must be carried out once, whoever repeats them.</summary>
internal sealed partial class MailboxGrain
{
    /// <summary>The epoch under which each operation that is under way was found to be new. Under no other may it be committed.</summary>
    private readonly Dictionary<BlobId, long> _newUnder = [];

    public Task RecordAsync(AccountEvent happened) =>
        OnceAsync(happened.Operation, (Grain: this, happened), static s => s.Grain.RecordOnceAsync(s.happened));

    /// <summary>
    /// Carries a call out, or gives what it gave when it was carried out before: the caller did not get the answer and asks again. The call puts its
    /// result into its own commit (<see cref="CommitOnceAsync"/>), so that there is never one without the other.
    /// </summary>
    /// <param name="operation">null where the caller never repeats.</param>
    /// <param name="isDelivery">It is new nearly always, and either commits or is refused.</param>
    private async Task<OperationMemory.Outcome> OnceAsync<TState>(
        BlobId? operation, TState state, Func<TState, Task<StoredResult>> call, bool isDelivery = false)
    {
        var outcome = operation is { } id
            ? await _operations.RunAsync(
                id, (Grain: this, id, isDelivery, state, call), static s => s.Grain.FirstOrEarlierAsync(s.id, s.isDelivery, s.state, s.call))
            : new OperationMemory.Outcome(await call(state), Repeated: false);

        // Of a repetition as well: its first answer may have been held back too long.
        if (!_blocking.IsEmpty) await ConfirmAsync(outcome.Result.EventSequence);
        return outcome;
    }

    private Task<OperationMemory.Outcome> OnceAsync(BlobId? operation, Func<Task<StoredResult>> call) =>
        OnceAsync(operation, call, static perform => perform());

    private async Task<OperationMemory.Outcome> FirstOrEarlierAsync<TState>(
        BlobId id, bool isDelivery, TState state, Func<TState, Task<StoredResult>> call)
    {
        while (true)
        {
            // Looked for under a claim: whoever held the mailbox before can't make it come true any more.
            while (_loader.Claimed() is { } claiming) await claiming;
            var isNew = isDelivery && !_known.MayHave(id);
            _newUnder[id] = _pipeline.Epoch;
            try
            {
                if (!isNew && await FindOperationAsync(id) is { } earlier) return new OperationMemory.Outcome(earlier, Repeated: true);
                return new OperationMemory.Outcome(await call(state), Repeated: false);
            }
            catch (ClaimedAnewException)
            {
                // Somebody else may have held the mailbox in between, and carried it out.
            }
            catch (MailboxException refused) when (isNew && refused.Error is not (MailboxError.Unavailable or MailboxError.Uncertain or MailboxError.Moved))
            {
                // Who holds the mailbox no more, and doesn't know, must not refuse for good what its new owner took.
                if (await FindOperationAsync(id) is { } taken) return new OperationMemory.Outcome(taken, Repeated: true);
                throw;
            }
            finally
            {
                _newUnder.Remove(id);
            }
        }
    }

    private async ValueTask<StoredResult?> FindOperationAsync(BlobId operation)
    {
        try
        {
            var found = await _store.FindOperationAsync(_account, new OperationId(operation), CancellationToken.None);
            return found is { } bytes ? StoredResult.Decode(bytes.Span) : null;
        }
        catch (StoreUnavailableException)
        {
            throw MailboxFault.Unavailable();
        }
    }

    /// <summary>Holds the answer back that tells of this event, if somebody blocks for it. The mailbox goes on with other calls.</summary>
    private async Task ConfirmAsync(long eventSequence)
    {
        if (eventSequence > 0 && !await _blocking.ConfirmAsync(_account, eventSequence)) throw MailboxFault.Unconfirmed();
    }

    private async Task<StoredResult> CommitOnceAsync(MailboxTurn turn, BlobId? operation, StoredResult result)
    {
        if (!_blocking.IsEmpty && result.EventSequence == 0) result = result with { EventSequence = _blocking.LastAwaited(turn.Events) };
        if (operation is { } id)
        {
            if (_newUnder[id] != _pipeline.Epoch)
            {
                // The turn, which may have settled it, comes to nothing.
                _quota.Forget();
                throw new ClaimedAnewException();
            }

            _known.Add(id);
            turn.Operations.Add(new OperationWrite(new OperationId(id), turn.Origin.At, result.Encode()));
        }

        await _pipeline.CommitAsync(turn);
        return result;
    }

    private async Task<StoredResult> RecordOnceAsync(AccountEvent happened)
    {
        while (_loader.Claimed() is { } claiming) await claiming;
        var turn = Turn(SessionId.None, happened.Origin);
        return await CommitOnceAsync(turn, happened.Operation, StoredResult.Done with { EventSequence = AccountEvents.Write(turn, happened) });
    }

    /// <summary>Nothing was committed: the operation was held to be new under an earlier claim.</summary>
    private sealed class ClaimedAnewException : Exception;
}
