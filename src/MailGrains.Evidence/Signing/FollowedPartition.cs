using MailGrains.Evidence.Merkle;
using MailGrains.Storage.Events;

namespace MailGrains.Evidence.Signing;

/// <summary>
/// One partition's tree as the log grows. Opened from the hashes on disk and the events after them, it is compared with the root that was signed last;
/// later only what has come since is read – and, round after round, a piece of what was read before, so that a change behind the server's back shows.
/// Not for several threads.
/// </summary>
internal sealed class FollowedPartition(IEventLog log, int partition, HashFiles hashes)
{
    private const int Page = 1000;

    /// <summary>Events read again in each round.</summary>
    private const int Again = 10_000;

    private MerkleTree? _tree;
    private TreeHash _lastLeaf;
    private long _readAgain;

    /// <summary>Where the log begins, as the store says. What is believed of it was compared with a signed root.</summary>
    public LogStart Start { get; set; } = LogStart.Whole(partition);

    /// <summary>The tree as it is now.</summary>
    /// <exception cref="InvalidOperationException">It was never followed, or not to an end without problems.</exception>
    public TreeHead Head => _tree is { } tree ? new TreeHead(tree.Size, tree.Root()) : throw new InvalidOperationException("No tree.");

    /// <summary>How many events the tree has; null: there is none, as with <see cref="Head"/>.</summary>
    public long? Size => _tree?.Size;

    /// <summary>Whether hashes on disk were found to be others than those that were signed, and were made anew from the log.</summary>
    public bool WasRepaired { get; private set; }

    /// <summary>
    /// What the tree is continued from when the first events are removed; shown to be right by the signed root, for nobody can make it again afterwards.
    /// Null: the hashes on disk are damaged.
    /// </summary>
    public async Task<byte[]?> EdgeAsync(long size, TreeHead signed, CancellationToken cancellation)
    {
        try
        {
            var tree = await MerkleTree.LoadAsync(hashes, size, cancellation);
            var proof = await Prover(signed.Size).ConsistencyAsync(size, cancellation);
            return MerkleProof.VerifyConsistency(size, tree.Root(), signed.Size, signed.Root, proof) ? TreeEdge.Of(tree) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Proofs about the tree of the first events, as many as it has or fewer.</summary>
    public MerkleProver Prover(long size) => new(hashes, size);

    /// <summary>
    /// Follows the log to its end: (1) the tree of what was signed, (2) its last event is still the same, (3) what has come since, (4) a piece of what is
    /// older, (5) the new tree is a continuation of the signed one.
    /// </summary>
    /// <param name="signed">What was signed last.</param>
    /// <returns>What is wrong, or null.</returns>
    public async Task<string?> FollowAsync(TreeHead signed, CancellationToken cancellation)
    {
        var problem = await TryFollowAsync(signed, cancellation);
        if (problem is not null) _tree = null;
        return problem;
    }

    /// <summary>Makes the tree of the log as it is now, whatever was signed. Null: done.</summary>
    public async Task<string?> StartAnewAsync(CancellationToken cancellation)
    {
        // Those of removed events can't be made again.
        if (Start.Removed == 0) hashes.Delete();
        (_tree, _readAgain) = (await BeginAsync(cancellation), Start.Removed);
        var problem = await AppendAsync(_tree, long.MaxValue, Checks.Positions, cancellation);
        WriteEdge(_tree);
        if (problem is not null) _tree = null;
        return problem;
    }

    /// <summary>The hashes on disk and the signed root don't agree: whether the log does decides which of them was changed. Null: the hashes, which are
    /// made anew.</summary>
    public async Task<string?> RebuildAsync(TreeHead signed, CancellationToken cancellation)
    {
        var tree = await BeginAsync(cancellation);
        var first = 0L;
        while (tree.Size < signed.Size)
        {
            var page = await log.ReadAsync(partition, tree.Size, (int)Math.Min(Page, signed.Size - tree.Size), cancellation);
            if (page.Count == 0) return $"partition {partition} ends with position {tree.Size}, but {signed.Size} was signed";
            var kept = hashes.Read(0, tree.Size, page.Count);
            foreach (var record in page)
            {
                var place = (int)(record.Position - page[0].Position) * TreeHash.Length;
                var leaf = TreeHash.Leaf(record.Event.Hash);
                if (record.Position != tree.Size + 1) return $"partition {partition} has no event at position {tree.Size + 1}";
                if (!EventHash.IsThatOf(record)) return Changed(record.Position);
                if (first == 0 && place < kept.Length && TreeHash.Read(kept.AsSpan(place)) != leaf) first = record.Position;
                tree.Append(leaf);
            }
        }

        var where = first == 0 ? "" : $"; the first that is another is at position {first}";
        if (tree.Root() != signed.Root) return $"partition {partition}: the events up to position {signed.Size} are not those that were signed{where}";
        WasRepaired = true;
        return await StartAnewAsync(cancellation);
    }

    private async Task<string?> TryFollowAsync(TreeHead signed, CancellationToken cancellation)
    {
        if (signed.Size < Start.Removed) return $"partition {partition} begins with position {Start.Removed + 1}, but only {signed.Size} events were signed";

        // 1
        if (_tree is null || _tree.Size < signed.Size)
        {
            var tree = _tree ?? await LoadAsync(signed.Size, cancellation);
            if (await AppendAsync(tree, signed.Size, Checks.Hashes, cancellation) is { } wrong) return wrong;
            if (tree.Size < signed.Size) return $"partition {partition} ends with position {tree.Size}, but {signed.Size} was signed";
            if (tree.Root() != signed.Root && await RebuildAsync(signed, cancellation) is { } changed) return changed;
            _tree ??= tree;
        }

        // 2
        if (_tree.Size > 0 && await SameAsync(_tree.Size - 1, 1, [.. _lastLeaf.ToArray()], cancellation) is { } other) return other;

        // 3
        if (await AppendAsync(_tree, long.MaxValue, Checks.Hashes, cancellation) is { } unsound) return unsound;
        WriteEdge(_tree);

        // 4
        if (await ReadAgainAsync(signed.Size, cancellation) is { } rewritten && await RebuildAsync(signed, cancellation) is not null) return rewritten;

        // 5
        if (await IsContinuationAsync(signed, cancellation)) return null;
        if (await RebuildAsync(signed, cancellation) is { } broken) return broken;
        return await IsContinuationAsync(signed, cancellation) ? null : $"partition {partition}: its tree does not continue the one with {signed.Size} events";
    }

    /// <summary>The tree of the full tiles before the last event that was signed; so that one event at least is read and compared with the root.</summary>
    private async Task<MerkleTree> LoadAsync(long size, CancellationToken cancellation)
    {
        var full = size == 0 ? 0 : (size - 1) / TileId.FullWidth * TileId.FullWidth;
        if (hashes.Count(0) < full) return await BeginAsync(cancellation);
        try
        {
            return await MerkleTree.LoadAsync(hashes, full, cancellation);
        }
        catch (InvalidDataException)
        {
            return await BeginAsync(cancellation);
        }
    }

    /// <summary>The tree of what was removed: of nothing, or as the store keeps it. Whether that is right the next signed root shows.</summary>
    private async Task<MerkleTree> BeginAsync(CancellationToken cancellation)
    {
        if (Start.Removed == 0) return new MerkleTree();
        try
        {
            var tree = await MerkleTree.LoadAsync(new TreeEdge(Start.Removed, Start.Edge), Start.Removed, cancellation);
            WriteEdge(tree);
            return tree;
        }
        catch (InvalidDataException)
        {
            return new MerkleTree();
        }
    }

    /// <summary>Reads events into a tree until it has the size or the log ends. Null, or what is wrong.</summary>
    private async Task<string?> AppendAsync(MerkleTree tree, long size, Checks checks, CancellationToken cancellation)
    {
        while (tree.Size < size)
        {
            var page = await log.ReadAsync(partition, tree.Size, (int)Math.Min(Page, size - tree.Size), cancellation);
            if (page.Count == 0) break;
            foreach (var record in page)
            {
                if (record.Position != tree.Size + 1) return $"partition {partition} has no event at position {tree.Size + 1}";
                if (checks == Checks.Hashes && !EventHash.IsThatOf(record)) return Changed(record.Position);
                _lastLeaf = TreeHash.Leaf(record.Event.Hash);
                foreach (var tile in tree.Append(_lastLeaf)) hashes.Write(tile);
            }
        }

        return null;
    }

    private async Task<string?> ReadAgainAsync(long size, CancellationToken cancellation)
    {
        if (size - Start.Removed <= Again) _readAgain = Start.Removed;
        for (var left = Again; left > 0 && size > Start.Removed; left -= Page)
        {
            if (_readAgain >= size || _readAgain < Start.Removed) _readAgain = Start.Removed;
            var count = (int)Math.Min(Page, size - _readAgain);
            if (await SameAsync(_readAgain, count, hashes.Read(0, _readAgain, count), cancellation) is { } other) return other;
            _readAgain += count;
            if (size - Start.Removed <= Again && _readAgain >= size) break;
        }

        return null;
    }

    /// <summary>Whether the log still has the events that have these leaves.</summary>
    private async Task<string?> SameAsync(long after, int count, byte[] leaves, CancellationToken cancellation)
    {
        for (var done = 0; done < count;)
        {
            var page = await log.ReadAsync(partition, after + done, count - done, cancellation);
            if (page.Count == 0) return $"partition {partition} ends with position {await EndAsync(cancellation)}, but {after + count} was signed";
            foreach (var record in page)
            {
                if (record.Position != after + done + 1) return $"partition {partition} has no event at position {after + done + 1}";
                var isSame = (done + 1) * TreeHash.Length <= leaves.Length
                    && TreeHash.Read(leaves.AsSpan(done * TreeHash.Length)) == TreeHash.Leaf(record.Event.Hash);
                if (!isSame || !EventHash.IsThatOf(record)) return Changed(record.Position);
                done++;
            }
        }

        return null;
    }

    private async Task<long> EndAsync(CancellationToken cancellation) => (await log.ReadHeadAsync(cancellation))[partition];

    private async Task<bool> IsContinuationAsync(TreeHead signed, CancellationToken cancellation)
    {
        var head = Head;
        try
        {
            var prover = Prover(head.Size);
            if (await prover.RootAsync(cancellation) != head.Root) return false;
            return MerkleProof.VerifyConsistency(
                signed.Size, signed.Root, head.Size, head.Root, await prover.ConsistencyAsync(signed.Size, cancellation));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private void WriteEdge(MerkleTree tree)
    {
        foreach (var tile in tree.Edge()) hashes.Write(tile);
    }

    private string Changed(long position) => $"partition {partition}: the event at position {position} was changed";

    private enum Checks
    {
        Positions,
        Hashes,
    }
}
