using MailGrains.Model;

namespace MailGrains.Storage.Bodies;

/// <summary>
/// Goes along all bodies in a database, again and again, and deletes what is unused and what nobody retains. A part at a time, so that no transaction is long
/// and somebody else may go on; where it is, is in memory only, for a walk that begins anew costs nothing but time. Not thread-safe.
/// </summary>
public sealed class UnusedBodiesWalk(
    IUnusedBodies bodies, IEnumerable<IBodyRetention> retentions, UnusedBodiesOptions options, TimeProvider time)
{
    private readonly Queue<BlobId> _found = [];
    private long _after = long.MinValue;
    private long? _restsSince;

    /// <summary>Works for about so long, less when the walk has come to its end, and not at all while it rests.</summary>
    /// <exception cref="StoreUnavailableException">The store, or one who retains bodies, can't answer now; the next call goes on behind those that
    /// were being looked at, and the next walk comes to them again.</exception>
    public async Task<DeletedBodies> GoOnAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        var deleted = default(DeletedBodies);
        var started = time.GetTimestamp();
        do
        {
            if (_found.Count == 0 && !await LookAsync(cancellation)) break;
            var (count, bytes) = await DeleteAsync(cancellation);
            deleted = new DeletedBodies(deleted.Count + count, deleted.StoredBytes + bytes);
        }
        while (time.GetElapsedTime(started) < atMost);
        return deleted;
    }

    /// <summary>False: it is over, or rests.</summary>
    private async Task<bool> LookAsync(CancellationToken cancellation)
    {
        if (_restsSince is { } since && time.GetElapsedTime(since) < options.Rest) return false;
        _restsSince = null;
        var slice = await bodies.LookAsync(_after, options.Slice, options.UnusedFor, cancellation);
        foreach (var body in slice.Bodies) _found.Enqueue(body.Blob);
        _after = slice.Last ?? long.MinValue;
        if (slice.Last is null) _restsSince = time.GetTimestamp();
        return slice.Last is not null;
    }

    private async Task<DeletedBodies> DeleteAsync(CancellationToken cancellation)
    {
        var batch = new List<BlobId>();
        while (batch.Count < options.Batch && _found.TryDequeue(out var blob)) batch.Add(blob);
        foreach (var retention in retentions)
        {
            if (batch.Count == 0) return default;
            var kept = await retention.KeptAsync(batch, cancellation);
            batch.RemoveAll(kept.Contains);
        }

        return batch.Count == 0 ? default : await bodies.DeleteAsync(batch, options.UnusedFor, cancellation);
    }
}
