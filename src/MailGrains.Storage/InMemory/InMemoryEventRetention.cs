using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using MailGrains.Storage.Subscribers;

namespace MailGrains.Storage.InMemory;

/// <summary>Removes the oldest events of an <see cref="InMemoryMailboxStore"/>. Nothing is durable beyond the object's life. For tests.</summary>
public sealed class InMemoryEventRetention(InMemoryMailboxStore store, ISubscriberStore subscribers) : IEventRetention
{
    private readonly SortedDictionary<int, LogStart> _starts = [];
    private ClockState? _clock;

    public Task<IReadOnlyList<LogStart>> ReadStartsAsync(CancellationToken cancellation)
    {
        lock (_starts) return Task.FromResult<IReadOnlyList<LogStart>>([.. _starts.Values]);
    }

    public async Task<bool> CutAsync(long from, LogStart to, CancellationToken cancellation)
    {
        var places = await subscribers.ListSubscribersAsync(cancellation);
        var heads = await store.ReadHeadAsync(cancellation);
        lock (_starts)
        {
            if ((_starts.GetValueOrDefault(to.Partition)?.Removed ?? 0) != from || heads[to.Partition] <= to.Removed) return false;
            if (places.Any(p => p.Partition == to.Partition && p.Position < to.Removed)) return false;
            _starts[to.Partition] = to with
            {
                Latest = DateTimeOffset.UnixEpoch.AddTicks(EventHash.Microseconds(to.Latest) * TimeSpan.TicksPerMicrosecond),
                Edge = to.Edge.ToArray(),
            };
            store.RemoveEvents(to.Partition, to.Removed);
            return true;
        }
    }

    public Task<ClockState?> ReadClockAsync(CancellationToken cancellation) => Task.FromResult(_clock);

    public Task WriteClockAsync(ClockState state, CancellationToken cancellation)
    {
        _clock = state;
        return Task.CompletedTask;
    }
}
