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
    private readonly PackCompaction _compaction = new(packs, catalog, options, time, logger);
    private int _running;

    /// <summary>One pass; there is one at a time.</summary>
    /// <exception cref="StoreUnavailableException">The store can't do this now; nothing is lost, and the next pass goes on.</exception>
    public async Task<CollectionReport> RunAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0) throw new InvalidOperationException("A pass is under way.");
        try
        {
            // 1.
            var deleted = _compaction.DeleteRetired();

            // 2.
            var forgotten = await ForgetUnusedAsync(cancellation);

            // 3.
            var (moved, retired) = await _compaction.RunAsync(packs.Packs(), cancellation);
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
        var live = (await catalog.ReadUseAsync([.. all.Select(p => p.Pack)], cancellation)).Sum(PackCompaction.LiveBytes);
        return new BodyUsage(all.Count, live, Math.Max(0, all.Sum(p => p.Bytes - PackFormat.HeaderSize) - live));
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
}
