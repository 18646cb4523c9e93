using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;

namespace MailGrains.Grains.Mailboxes;

/// <summary>
/// Operations under way and the last ones done, so that repetitions that come at the same time share one result and those that come soon
/// after cost no look into the store.
/// </summary>
internal sealed class OperationMemory
{
    private const int Remembered = 16;

    private readonly Dictionary<BlobId, Task<Outcome>> _operations = [];
    private readonly Queue<BlobId> _done = new();

    /// <param name="Repeated">True when the result is an earlier one's.</param>
    public readonly record struct Outcome(StoredResult Result, bool Repeated);

    /// <summary>Runs the operation, or joins the one that has the same id.</summary>
    public async Task<Outcome> RunAsync<TState>(BlobId id, TState state, Func<TState, Task<Outcome>> operation)
    {
        if (_operations.TryGetValue(id, out var earlier)) return new Outcome((await earlier).Result, Repeated: true);
        var task = operation(state);
        _operations[id] = task;
        try
        {
            var outcome = await task;
            Remember(id);
            return outcome;
        }
        catch
        {
            _operations.Remove(id);
            throw;
        }
    }

    private void Remember(BlobId id)
    {
        _done.Enqueue(id);
        if (_done.Count > Remembered) _operations.Remove(_done.Dequeue());
    }
}
