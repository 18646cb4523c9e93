using MailGrains.Storage.Bodies;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Packs;

/// <summary>Empties packs that are mostly dead, and deletes them: see <see cref="BodyCollector"/>. Of one writer's packs; one thing at a time.</summary>
internal sealed class PackCompaction(PackBodyStore packs, IPackCatalog catalog, BodyCollectionOptions options, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<int, long> _retired = [];
    private readonly HashSet<int> _damaged = [];
    private int _sealedBefore;

    /// <summary>
    /// Compacts those of the packs that were sealed in the run before this one already, for an append may still be on its way to its commit with a place in a
    /// pack that was only just sealed.
    /// </summary>
    /// <returns>Bodies that were moved, and packs that were retired.</returns>
    public async Task<(int Moved, int Retired)> RunAsync(IReadOnlyList<PackSize> all, CancellationToken cancellation)
    {
        var sealedNow = all.Where(p => p.IsSealed && !_retired.ContainsKey(p.Pack) && !_damaged.Contains(p.Pack)).ToList();
        var use = (await catalog.ReadUseAsync([.. sealedNow.Select(p => p.Pack)], cancellation)).ToDictionary(u => u.Pack);
        int moved = 0, retired = 0;
        foreach (var pack in sealedNow.Where(p => p.Pack <= _sealedBefore && IsMostlyDead(p, use.GetValueOrDefault(p.Pack))))
        {
            var (count, done) = await CompactAsync(pack.Pack, cancellation);
            moved += count;
            if (done) retired++;
        }

        _sealedBefore = sealedNow.Count > 0 ? sealedNow[^1].Pack : _sealedBefore;
        return (moved, retired);
    }

    /// <summary>Deletes the files of packs that were retired long enough ago for every reader to have learnt the new places.</summary>
    /// <returns>How many.</returns>
    public int DeleteRetired()
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

    /// <summary>What the live bodies of a pack take in it.</summary>
    public static long LiveBytes(PackUse use) => use.StoredBytes + (use.Bodies * PackFormat.RecordHeaderSize);

    private bool IsMostlyDead(PackSize pack, PackUse use) =>
        use.Bodies == 0 || LiveBytes(use) < (1 - options.MaxDeadShare) * (pack.Bytes - PackFormat.HeaderSize);

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
