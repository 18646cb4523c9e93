using System.Collections.Concurrent;
using MailGrains.Subscribers;

namespace MailGrains.Microbench.Events;

/// <summary>Counts, and sees to it that events of a partition come in order without gaps. Needs no disk: what is measured is the way to it.</summary>
internal sealed class CountingHandler : IEventHandler
{
    private readonly ConcurrentDictionary<int, long> _last = [];
    private long _count;
    private long _batches;
    private long _octets;

    public string Name => "count";

    public IReadOnlySet<string>? Types => null;

    public Interests Interests => Interests.None;

    public long Count => Interlocked.Read(ref _count);

    public long Batches => Interlocked.Read(ref _batches);

    public Task HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        var last = _last.GetValueOrDefault(batch.Partition);
        long octets = 0;
        foreach (var one in batch.Events)
        {
            if (one.Position != ++last) throw new InvalidOperationException($"Event {last} of partition {batch.Partition} is missing.");
            octets += one.Event.Payload.Length;
        }

        _last[batch.Partition] = last;
        Interlocked.Add(ref _octets, octets);
        Interlocked.Add(ref _count, batch.Events.Count);
        Interlocked.Increment(ref _batches);
        return Task.CompletedTask;
    }
}
