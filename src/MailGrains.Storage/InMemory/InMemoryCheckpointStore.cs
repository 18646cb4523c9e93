using MailGrains.Storage.Checkpoints;

namespace MailGrains.Storage.InMemory;

/// <summary>The checkpoint history as plain as the contract allows. Nothing is durable beyond the object's life. For tests.</summary>
public sealed class InMemoryCheckpointStore : ICheckpointStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(CheckpointKind Kind, long Number), CheckpointRow> _rows = [];

    public Task<CheckpointRow?> ReadLastAsync(CheckpointKind kind, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_rows.Values.LastOrDefault(row => row.Kind == kind));
        }
    }

    public Task<IReadOnlyList<CheckpointRow>> ReadAsync(CheckpointKind kind, long after, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<CheckpointRow>>([.. _rows.Values.Where(row => row.Kind == kind && row.Number > after).Take(limit)]);
        }
    }

    public Task<bool> AddAsync(CheckpointRow row, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_rows.TryAdd((row.Kind, row.Number), row with { Octets = row.Octets.ToArray() }));
        }
    }
}
