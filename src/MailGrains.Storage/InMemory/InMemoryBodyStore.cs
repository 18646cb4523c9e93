using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Storage.InMemory;

/// <summary>
/// Bodies in memory, for tests. <see cref="LoseUnflushed"/> does what a power cut does to a store on disk.
/// </summary>
public sealed class InMemoryBodyStore : IBodyStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<BlobId, BodyLocator> _known = [];
    private readonly List<Body> _bodies = [];
    private int _flushed;

    public ValueTask<BodyLocator> AppendAsync(BlobId blob, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_known.TryGetValue(blob, out var known)) return ValueTask.FromResult(known);
            var locator = new BodyLocator(0, _bodies.Count, bytes.Length, bytes.Length);
            _bodies.Add(new Body(blob, bytes.ToArray()));
            _known[blob] = locator;
            return ValueTask.FromResult(locator);
        }
    }

    public ValueTask FlushAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            _flushed = _bodies.Count;
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<BodyLease> ReadAsync(BlobId blob, BodyLocator locator, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (locator.Offset < 0 || locator.Offset >= _bodies.Count || _bodies[(int)locator.Offset] is not { } body || body.Blob != blob)
                throw new BodyCorruptException(blob, "nothing of that name at its place");
            return ValueTask.FromResult(new BodyLease([.. body.Bytes], body.Bytes.Length, pooled: false));
        }
    }

    /// <summary>Forgets every body appended since the last flush.</summary>
    public void LoseUnflushed()
    {
        lock (_lock)
        {
            foreach (var body in _bodies.Skip(_flushed)) _known.Remove(body.Blob);
            _bodies.RemoveRange(_flushed, _bodies.Count - _flushed);
        }
    }

    private sealed record Body(BlobId Blob, byte[] Bytes);
}
