using System.Collections.Concurrent;
using MailGrains.Records.Payloads;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using MailGrains.Subscribers;

namespace MailGrains.Records;

/// <summary>
/// Derives the records from the log. The store moves its own progress with each effect, so every event has its effect exactly once and in order, whatever
/// is handed over twice, by whomever; where the machinery's position is ahead of it, what lies between is read from the log. A log that isn't the one they
/// were made from is refused. One name to a store.
/// </summary>
/// <param name="name">The subscriber's name, under which the progress is kept too.</param>
/// <param name="store">Where the records are.</param>
/// <param name="log">The log the events come from.</param>
public sealed class RecordsHandler(string name, IRecordStore store, IEventLog log) : IPlacedHandler
{
    private const int MissedAtOnce = 500;

    /// <summary>Partitions whose log was found to be the same; it can't become another one while the process runs.</summary>
    private readonly ConcurrentDictionary<int, bool> _compared = new();

    public string Name => name;

    public IReadOnlySet<string>? Types => null;

    public Interests Interests => Interests.None;

    public Task<long> FindPlaceAsync(int partition, CancellationToken cancellation) => store.ReadProgressAsync(name, partition, cancellation);

    /// <exception cref="HandlerUnavailableException">
    /// The records can't be written. No event is ever to blame: one that can't be read is recorded as such, and none may be passed over.
    /// </exception>
    public async Task HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        try
        {
            await CompareAsync(batch.Partition, cancellation);
            while (!await StepAsync(batch, cancellation))
            {
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new HandlerUnavailableException($"The records can't be written now: {e.Message}", e);
        }
    }

    private async Task CompareAsync(int partition, CancellationToken cancellation)
    {
        if (_compared.ContainsKey(partition)) return;
        var reached = (await store.ListProgressAsync(name, cancellation)).FirstOrDefault(p => p.Partition == partition);
        if (!await RecordedLog.IsSameAsync(reached, log, cancellation))
        {
            throw new InvalidDataException(
                $"they have event {reached.Position} of partition {partition}, and the log has another one there, or none. "
                + "After the mail was put back from a backup they have to be made anew");
        }

        _compared[partition] = true;
    }

    /// <returns>True: all events of the batch are recorded.</returns>
    private async Task<bool> StepAsync(EventBatch batch, CancellationToken cancellation)
    {
        var progress = await store.ReadProgressAsync(name, batch.Partition, cancellation);
        IReadOnlyList<EventRecord> next = [.. batch.Events.Where(e => e.Position > progress)];
        if (next.Count == 0) return true;

        // Records never go on, or begin, behind events that were removed from the log.
        if (next[0].Position > progress + 1) next = await log.ReadAsync(batch.Partition, progress, MissedAtOnce, cancellation);
        if (next[0].Position > progress + 1)
            throw new InvalidDataException($"events {progress + 1} to {next[0].Position - 1} of partition {batch.Partition} are removed from the log");
        await store.ApplyAsync(Changes(batch.Partition, progress, next), cancellation);
        return false;
    }

    private RecordBatch Changes(int partition, long progress, IReadOnlyList<EventRecord> events)
    {
        var changes = new List<RecordedEvent>(events.Count);
        foreach (var record in events)
        {
            if (EventChanges.Of(record) is { } happened) changes.Add(happened);
        }

        return new RecordBatch(name, partition, progress, events[^1].Position, changes) { Hash = events[^1].Event.Hash };
    }
}
