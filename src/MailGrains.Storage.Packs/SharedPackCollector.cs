using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs.Files;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Packs;

/// <summary>
/// Gives back the space of dead octets in packs that several processes share. Each process compacts the packs of its own lane, for it alone knows what it
/// was last asked to append; and those of lanes whose process is gone, while it holds their lock. Bodies are taken out of the index elsewhere, once for all.
/// The invariant is that of <see cref="BodyCollector"/>: a file is deleted only after the index, which all processes write to, found nothing in it and
/// refuses its places for good. Therefore the last pack of a lane always stays: the next process there counts on from its number.
/// </summary>
public sealed class SharedPackCollector(
    PackBodyStore packs,
    SharedPackFolder folder,
    IPackCatalog catalog,
    BodyCollectionOptions options,
    TimeProvider time,
    ILogger<SharedPackCollector> logger)
{
    private readonly Dictionary<int, PackCompaction> _lanes = [];

    /// <summary>One pass; there is one at a time.</summary>
    /// <exception cref="StoreUnavailableException">The store can't do this now; nothing is lost, and the next pass goes on.</exception>
    public async Task<CollectionReport> RunAsync(CancellationToken cancellation)
    {
        var (moved, retired, deleted) = await CollectAsync(folder.Lane, packs.Packs(), cancellation);
        foreach (var lane in folder.ListOthers())
        {
            // A process that lives holds its lane.
            using var held = folder.TryHold(lane.Key);
            if (held is null) continue;
            var (more, also, gone) = await CollectAsync(lane.Key, packs.Sealed([.. lane]), cancellation);
            (moved, retired, deleted) = (moved + more, retired + also, deleted + gone);
        }

        packs.CloseDeleted();
        var report = new CollectionReport(0, moved, retired, deleted);
        if (report != default) Log.Collected(logger, 0, moved, retired, deleted);
        return report;
    }

    private async Task<(int Moved, int Retired, int Deleted)> CollectAsync(int lane, IReadOnlyList<PackSize> all, CancellationToken cancellation)
    {
        if (!_lanes.TryGetValue(lane, out var compaction)) _lanes[lane] = compaction = new PackCompaction(packs, catalog, options, time, logger);
        var deleted = compaction.DeleteRetired();
        var (moved, retired) = await compaction.RunAsync([.. all.SkipLast(1)], cancellation);
        return (moved, retired, deleted);
    }
}
