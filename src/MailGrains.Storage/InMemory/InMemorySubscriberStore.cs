using MailGrains.Storage.Subscribers;

namespace MailGrains.Storage.InMemory;

/// <summary>The positions of subscribers as plain as the contract allows. Nothing is durable beyond the object's life. For tests.</summary>
public sealed class InMemorySubscriberStore : ISubscriberStore
{
    private static readonly Comparer<(string Name, int Partition)> ByNameAndPartition = Comparer<(string Name, int Partition)>.Create((a, b) =>
        string.CompareOrdinal(a.Name, b.Name) is var names and not 0 ? names : a.Partition.CompareTo(b.Partition));

    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Name, int Partition), SubscriberPosition> _positions = new(ByNameAndPartition);
    private readonly Dictionary<(string Name, int Partition, long Position), DeadLetter> _dead = [];

    public Task<IReadOnlyList<SubscriberPosition>> ListSubscribersAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<SubscriberPosition>>([.. _positions.Values]);
        }
    }

    public Task<SubscriberPosition?> FindSubscriberAsync(string subscriber, int partition, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_positions.GetValueOrDefault((subscriber, partition)));
        }
    }

    public Task<SubscriberPosition> StartSubscriberAsync(string subscriber, int partition, long position, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _positions.TryAdd((subscriber, partition), new SubscriberPosition(subscriber, partition, position, SubscriberState.Running));
            return Task.FromResult(_positions[(subscriber, partition)]);
        }
    }

    public Task<AdvanceOutcome> AdvanceAsync(SubscriberAdvance advance, CancellationToken cancellation)
    {
        var key = (advance.Subscriber, advance.Partition);
        lock (_lock)
        {
            if (_positions.GetValueOrDefault(key) is not { } now || now.Position != advance.From) return Task.FromResult(AdvanceOutcome.Elsewhere);
            _positions[key] = now with { Position = advance.To };
            if (advance.Dead is { } dead) _dead[(dead.Subscriber, dead.Partition, dead.Position)] = dead with { At = ToMicrosecond(dead.At) };
            return Task.FromResult(AdvanceOutcome.Advanced);
        }
    }

    public Task<bool> SetSubscriberStateAsync(string subscriber, SubscriberState state, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var keys = _positions.Keys.Where(k => k.Name == subscriber).ToArray();
            foreach (var key in keys) _positions[key] = _positions[key] with { State = state };
            return Task.FromResult(keys.Length > 0);
        }
    }

    public Task<bool> MoveSubscriberAsync(string subscriber, int partition, long position, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (!_positions.TryGetValue((subscriber, partition), out var now)) return Task.FromResult(false);
            _positions[(subscriber, partition)] = now with { Position = position };
            return Task.FromResult(true);
        }
    }

    public Task<bool> ForgetSubscriberAsync(string subscriber, CancellationToken cancellation)
    {
        lock (_lock)
        {
            foreach (var dead in _dead.Keys.Where(k => k.Name == subscriber).ToArray()) _dead.Remove(dead);
            var keys = _positions.Keys.Where(k => k.Name == subscriber).ToArray();
            foreach (var key in keys) _positions.Remove(key);
            return Task.FromResult(keys.Length > 0);
        }
    }

    public Task<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(
        string subscriber, int partition, long after, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var found = _dead.Values.Where(d => d.Subscriber == subscriber && d.Partition == partition && d.Position > after);
            return Task.FromResult<IReadOnlyList<DeadLetter>>([.. found.OrderBy(d => d.Position).Take(limit)]);
        }
    }

    public Task<bool> RemoveDeadLetterAsync(string subscriber, int partition, long position, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_dead.Remove((subscriber, partition, position)));
        }
    }

    private static DateTimeOffset ToMicrosecond(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
}
