using System.Globalization;
using MailGrains.Evidence.Export;
using MailGrains.Evidence.Merkle;
using MailGrains.Storage.Events;
using Microsoft.Extensions.Logging;

namespace MailGrains.Evidence.Signing;

/// <summary>The trees of all partitions, and where the partitions begin. Not for several threads.</summary>
/// <param name="tiles">The folder with the hashes.</param>
/// <param name="retention">What can remove the oldest events; null: nothing does.</param>
internal sealed class FollowedLog(IEventLog log, string tiles, IEventRetention? retention, ILogger logger)
{
    /// <summary>Events that go in one transaction of the store, which mail waits for: a whole number of tiles.</summary>
    private const int RemovedAtOnce = 8 * TileId.FullWidth;

    private readonly FollowedPartition[] _partitions =
    [
        .. Enumerable.Range(0, log.Partitions).Select(partition => new FollowedPartition(
            log, partition, new HashFiles(Path.Combine(tiles, "v1", partition.ToString(CultureInfo.InvariantCulture))))),
    ];

    /// <summary>The trees as they are now.</summary>
    public IReadOnlyList<TreeHead> Heads => [.. _partitions.Select(p => p.Head)];

    /// <summary>By partition, up to where events are removed.</summary>
    public IReadOnlyList<long> Removed => [.. _partitions.Select(p => p.Start.Removed)];

    public FollowedPartition this[int partition] => _partitions[partition];

    /// <summary>Asks where the partitions begin. True: elsewhere than before.</summary>
    public async Task<bool> ReadBeginningsAsync(CancellationToken cancellation)
    {
        var moved = false;
        foreach (var start in await StartsAsync(cancellation))
        {
            moved |= start.Removed != _partitions[start.Partition].Start.Removed;
            _partitions[start.Partition].Start = start;
        }

        return moved;
    }

    /// <summary>Follows all partitions to their ends; what is wrong with them.</summary>
    public async Task<IReadOnlyList<string>> FollowAsync(LogHead? last, CancellationToken cancellation)
    {
        if (last is not null && last.Partitions.Count != log.Partitions)
            return [$"the log has {log.Partitions} partitions, but {last.Partitions.Count} were signed"];
        var problems = new List<string>();
        var promised = await log.ReadHeadAsync(cancellation);
        for (var partition = 0; partition < _partitions.Length; partition++)
        {
            var followed = _partitions[partition];
            var wasRepaired = followed.WasRepaired;
            var signed = last?.Partitions[partition] ?? new TreeHead(0, TreeHash.Empty);
            var problem = followed.Start.Removed > (last?.RemovedOf(partition) ?? 0)
                ? $"partition {partition} begins with position {followed.Start.Removed + 1}, but no checkpoint says that what was before is removed"
                : await followed.FollowAsync(signed, cancellation);
            if (problem is not null) problems.Add(problem);
            if (followed.WasRepaired && !wasRepaired) Log.HashesRepaired(logger, partition);
        }

        problems.AddRange(Ends(promised, await log.ReadHeadAsync(cancellation)));
        return problems;
    }

    /// <summary>Makes all trees anew; what keeps them from being made.</summary>
    public async Task<IReadOnlyList<string>> StartAnewAsync(CancellationToken cancellation)
    {
        var problems = new List<string>();
        foreach (var partition in _partitions)
            if (await partition.StartAnewAsync(cancellation) is { } problem) problems.Add(problem);
        return problems;
    }

    /// <summary>Removes events of a partition in pieces, each with what its tree is continued from.</summary>
    /// <returns>How many.</returns>
    public async Task<long> CutAsync(LogCut cut, TreeHead signed, CancellationToken cancellation)
    {
        if (retention is null) return 0;
        var followed = _partitions[cut.Partition];
        var first = followed.Start.Removed;
        while (followed.Start.Removed < cut.To)
        {
            var from = followed.Start.Removed;
            var to = Math.Min(cut.To, from + RemovedAtOnce);
            if (await followed.EdgeAsync(to, signed, cancellation) is not { } edge)
            {
                // Damaged hashes can be made anew as long as the events are there.
                await followed.RebuildAsync(signed, cancellation);
                break;
            }

            var start = new LogStart(cut.Partition, to, cut.Latest, edge);
            if (!await retention.CutAsync(from, start, cancellation)) break;
            followed.Start = start;
        }

        return followed.Start.Removed - first;
    }

    /// <summary>Where partitions begin of which something was removed, for an export.</summary>
    public async Task<IReadOnlyDictionary<int, ExportStart>> ReadStartsAsync(CancellationToken cancellation)
    {
        var starts = new Dictionary<int, ExportStart>();
        foreach (var start in await StartsAsync(cancellation))
        {
            starts.Add(start.Partition, new ExportStart(start.Removed, await FrontierAsync(start, cancellation)));
        }

        return starts;
    }

    private static async Task<IReadOnlyList<TreeHash>> FrontierAsync(LogStart start, CancellationToken cancellation)
    {
        try
        {
            var tree = await MerkleTree.LoadAsync(new TreeEdge(start.Removed, start.Edge), start.Removed, cancellation);
            return tree.Frontier();
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidDataException(
                $"Of partition {start.Partition} the store says that it begins with position {start.Removed + 1}; {damaged.Message}", damaged);
        }
    }

    /// <summary>
    /// Positions and the events at them are written together: whoever takes away events that no checkpoint covers yet, or adds some, has to change both.
    /// </summary>
    /// <param name="before">The last positions given out when the log began to be followed.</param>
    /// <param name="after">And when its ends had been reached.</param>
    private IEnumerable<string> Ends(IReadOnlyList<long> before, IReadOnlyList<long> after)
    {
        for (var partition = 0; partition < _partitions.Length; partition++)
        {
            if (_partitions[partition].Size is not { } size) continue;
            if (size < before[partition])
                yield return $"partition {partition} ends with position {size}, but {before[partition]} was given out: what came last is missing";
            if (size > after[partition])
                yield return $"partition {partition} ends with position {size}, but only {after[partition]} was given out";
        }
    }

    private async Task<IReadOnlyList<LogStart>> StartsAsync(CancellationToken cancellation) => retention is null
        ? []
        : [.. (await retention.ReadStartsAsync(cancellation)).Where(s => s.Partition >= 0 && s.Partition < _partitions.Length && s.Removed > 0)];
}
