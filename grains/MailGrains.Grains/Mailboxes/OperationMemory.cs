using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;

namespace MailGrains.Grains.Mailboxes;

/// <summary>
/// Operations under way and the last ones done, so that repetitions that come at the same time share one result and those that come soon
/// after cost no look into the store.
/// </summary>
internal sealed class OperationMemory(TimeProvider time)
{
    private const int Remembered = 16;

    /// <summary>How long an operation counts as a repetition is the store's to say: this forgets long before it.</summary>
    private static readonly TimeSpan RememberedFor = TimeSpan.FromHours(1);

    // null until the first: most mailboxes in memory only have listeners.
    private Dictionary<BlobId, Task<Outcome>>? _operations;
    private Queue<(BlobId Id, long At)>? _done;

    /// <param name="Repeated">True when the result is an earlier one's.</param>
    public readonly record struct Outcome(StoredResult Result, bool Repeated);

    /// <summary>Runs the operation, or joins the one that has the same id.</summary>
    public async Task<Outcome> RunAsync<TState>(BlobId id, TState state, Func<TState, Task<Outcome>> operation)
    {
        Forget();
        _operations ??= [];
        if (_operations.TryGetValue(id, out var earlier)) return new Outcome((await earlier).Result, Repeated: true);
        var task = operation(state);
        _operations[id] = task;
        try
        {
            var outcome = await task;
            (_done ??= []).Enqueue((id, time.GetTimestamp()));
            Forget();
            return outcome;
        }
        catch
        {
            _operations.Remove(id);
            throw;
        }
    }

    private void Forget()
    {
        if (_done is null || _operations is null) return;
        while (_done.TryPeek(out var oldest) && (_done.Count > Remembered || time.GetElapsedTime(oldest.At) > RememberedFor))
        {
            _done.Dequeue();
            _operations.Remove(oldest.Id);
        }
    }
}
