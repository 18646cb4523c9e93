using MailGrains.Model;
using MailGrains.Storage.Bodies;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Packs;

/// <summary>
/// Gives back the space of bodies nobody refers to any more. A pass:
/// <list type="number">
/// <item>deletes the files of packs that were retired long enough ago for every reader to have learnt the new places;</item>
/// <item>takes bodies out of the index that were unused for longer than the grace and that nobody retains: their octets are dead now;</item>
/// <item>for each pack that was written to the end before the pass before this one, and that is mostly dead: appends are told to avoid it; what is live
/// is copied, the copies made durable, and their places committed; until the index, in a transaction, finds nothing left in it and retires it.</item>
/// </list>
/// The invariant: a file is deleted only after the index found nothing in it and refuses, from that very transaction on, to take in a place that lies
/// in it. An append that was given such a place before, and is committed after, fails and is repeated, and is then stored anew. So at every instant
/// each body the index knows lies whole where the index says, wherever the process is killed: copies no transaction told of are dead octets, and a
/// retired file that was not deleted is found again as a pack with nothing in it.
/// </summary>
public sealed class BodyCollector(
    PackBodyStore packs,
    IBodyCatalog catalog,
    IEnumerable<IBodyRetention> retentions,
    BodyCollectionOptions options,
    TimeProvider time,
    ILogger<BodyCollector> logger) : IBodyUsage
{
    private readonly Dictionary<int, long> _retired = [];
    private readonly HashSet<int> _damaged = [];
    private int _sealedBefore;
    private int _running;

    /// <summary>One pass; there is one at a time.</summary>
    /// <exception cref="StoreUnavailableException">The store can't do this now; nothing is lost, and the next pass goes on.</exception>
    public async Task<CollectionReport> RunAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0) throw new InvalidOperationException("A pass is under way.");
        try
        {
            // 1.
            var deleted = DeleteRetired();

            // 2.
            var forgotten = await ForgetUnusedAsync(cancellation);

            // 3. An append may still be on its way to its commit with a place in a pack that was only just sealed.
            var sealedNow = packs.Packs().Where(p => p.IsSealed && !_retired.ContainsKey(p.Pack) && !_damaged.Contains(p.Pack)).ToList();
            var use = (await catalog.ReadUseAsync(cancellation)).ToDictionary(u => u.Pack);
            int moved = 0, retired = 0;
            foreach (var pack in sealedNow.Where(p => p.Pack <= _sealedBefore && IsMostlyDead(p, use.GetValueOrDefault(p.Pack))))
            {
                var (count, done) = await CompactAsync(pack.Pack, cancellation);
                moved += count;
                if (done) retired++;
            }

            _sealedBefore = sealedNow.Count > 0 ? sealedNow[^1].Pack : _sealedBefore;
            var report = new CollectionReport(forgotten, moved, retired, deleted);
            if (report != default) Log.Collected(logger, forgotten, moved, retired, deleted);
            return report;
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <inheritdoc/>
    public async Task<BodyUsage> ReadUsageAsync(CancellationToken cancellation)
    {
        var all = await Task.Run(packs.Packs, cancellation);
        var live = (await catalog.ReadUseAsync(cancellation)).Sum(LiveBytes);
        return new BodyUsage(all.Count, live, Math.Max(0, all.Sum(p => p.Bytes - PackFormat.HeaderSize) - live));
    }

    private static long LiveBytes(PackUse use) => use.StoredBytes + (use.Bodies * PackFormat.RecordHeaderSize);

    private bool IsMostlyDead(PackSize pack, PackUse use) =>
        use.Bodies == 0 || LiveBytes(use) < (1 - options.MaxDeadShare) * (pack.Bytes - PackFormat.HeaderSize);

    private int DeleteRetired()
    {
        var deleted = 0;
        foreach (var (pack, at) in _retired.ToList())
        {
            if (time.GetElapsedTime(at) < options.ReadersGrace) continue;
            try
            {
                packs.Delete(pack);
                _retired.Remove(pack);
                deleted++;
            }
            catch (IOException failure)
            {
                Log.PackNotDeleted(logger, failure, pack);
            }
        }

        return deleted;
    }

    private async Task<int> ForgetUnusedAsync(CancellationToken cancellation)
    {
        var before = time.GetUtcNow() - options.CollectAfter;
        var forgotten = 0;
        for (var after = long.MinValue; ;)
        {
            var unused = await catalog.FindUnusedAsync(before, after, options.Batch, cancellation);
            if (unused.Count == 0) return forgotten;
            after = unused[^1].Position;
            List<BlobId> bodies = [.. unused.Select(u => u.Blob)];
            foreach (var retention in retentions)
            {
                var kept = await retention.KeptAsync(bodies, cancellation);
                bodies.RemoveAll(kept.Contains);
            }

            if (bodies.Count > 0) forgotten += await catalog.ForgetAsync(bodies, before, cancellation);
        }
    }

    private async Task<(int Moved, bool Retired)> CompactAsync(int pack, CancellationToken cancellation)
    {
        var moved = 0;
        packs.Leave(pack);
        while (true)
        {
            var live = await catalog.ReadPackAsync(pack, options.Batch, cancellation);
            if (live.Count == 0)
            {
                if (!await catalog.TryRetireAsync(pack, cancellation)) continue;
                _retired[pack] = time.GetTimestamp();
                return (moved, true);
            }

            var moves = await CopyAsync(pack, live, cancellation);
            var done = moves is null ? 0 : await catalog.MoveAsync(moves, cancellation);
            moved += done;
            if (done > 0) continue;

            // Something in it can't be read or written: it stays as it is, for the operator, or for the next pass.
            packs.Stay(pack);
            return (moved, false);
        }
    }

    /// <summary>Durable copies; null when there is one that could not be made.</summary>
    private async Task<List<BodyMove>?> CopyAsync(int pack, IReadOnlyList<PlacedBody> live, CancellationToken cancellation)
    {
        var moves = new List<BodyMove>(live.Count);
        foreach (var body in live)
        {
            try
            {
                moves.Add(new BodyMove(body.Blob, body.Locator, await packs.CopyAsync(body, cancellation)));
            }
            catch (BodyCorruptException damaged)
            {
                // Trying again at every pass would only make more copies.
                Log.PackNotCompacted(logger, damaged, pack);
                _damaged.Add(pack);
                return null;
            }

            if (options.BytesPerSecond > 0)
                await Task.Delay(TimeSpan.FromSeconds((double)body.Locator.StoredLength / options.BytesPerSecond), time, cancellation);
        }

        await packs.FlushAsync(cancellation);
        return moves.Exists(move => packs.IsLost(move.To)) ? null : moves;
    }
}
