using System.Numerics;

namespace MailGrains.Evidence.Merkle;

/// <summary>
/// Builds a tree entry by entry (RFC 9162 section 2.1.1) and keeps only its right edge: the tiles that are not full, at most 255 hashes for each
/// factor of 256 in the size. Not for several threads.
/// </summary>
public sealed class MerkleTree
{
    /// <summary>By level, the hashes of the tile that is not full yet.</summary>
    private readonly List<List<TreeHash>> _edge = [];

    /// <summary>Entries so far.</summary>
    public long Size { get; private set; }

    /// <summary>The tree of the first <paramref name="size"/> entries, to be continued.</summary>
    /// <exception cref="InvalidDataException">A tile at the right edge of that tree can't be had.</exception>
    public static async Task<MerkleTree> LoadAsync(ITileReader tiles, long size, CancellationToken cancellation)
    {
        var tree = new MerkleTree { Size = size };
        foreach (var tile in TileId.Partial(size))
        {
            while (tree._edge.Count <= tile.Level) tree._edge.Add(new List<TreeHash>(TileId.FullWidth));
            var octets = await tiles.ReadAsync(tile, cancellation);
            if (octets.Length < tile.Width * TreeHash.Length) throw new InvalidDataException($"{tile.Path} is too short.");
            for (var i = 0; i < tile.Width; i++) tree._edge[tile.Level].Add(TreeHash.Read(octets.Span[(i * TreeHash.Length)..]));
        }

        return tree;
    }

    /// <summary>Adds an entry by its leaf hash.</summary>
    /// <returns>The tiles it made full, lowest level first: for most entries none.</returns>
    public IReadOnlyList<MerkleTile> Append(TreeHash leaf)
    {
        List<MerkleTile>? full = null;
        Size++;
        for (var level = 0; ; level++)
        {
            if (level == _edge.Count) _edge.Add(new List<TreeHash>(TileId.FullWidth));
            var tile = _edge[level];
            tile.Add(leaf);
            if (tile.Count < TileId.FullWidth) return full ?? [];

            var index = (Size >> (TileId.Height * (level + 1))) - 1;
            (full ??= []).Add(MerkleTile.Of(new TileId(level, index, TileId.FullWidth), tile));
            leaf = MerkleTile.Subtree(tile, 0, TileId.FullWidth);
            tile.Clear();
        }
    }

    /// <summary>The tiles of the right edge that are not full, as <see cref="LoadAsync"/> needs them, lowest level first.</summary>
    public IReadOnlyList<MerkleTile> Edge() => [.. TileId.Partial(Size).Select(id => MerkleTile.Of(id, _edge[id.Level]))];

    /// <summary>The tree's root; after a restart the same as before it.</summary>
    public TreeHash Root() => Join(Frontier());

    /// <summary>The roots of the complete subtrees the tree consists of, largest and leftmost first: one for each bit that is set in the size.</summary>
    public IReadOnlyList<TreeHash> Frontier()
    {
        var frontier = new List<TreeHash>();
        for (var level = _edge.Count - 1; level >= 0; level--)
        {
            var start = 0;
            for (var rest = _edge[level].Count; rest > 0;)
            {
                var count = 1 << BitOperations.Log2((uint)rest);
                frontier.Add(MerkleTile.Subtree(_edge[level], start, count));
                start += count;
                rest -= count;
            }
        }

        return frontier;
    }

    /// <summary>The root above complete subtrees that stand beside each other, each smaller than the one to its left.</summary>
    internal static TreeHash Join(IReadOnlyList<TreeHash> subtrees)
    {
        if (subtrees.Count == 0) return TreeHash.Empty;
        var root = subtrees[^1];
        for (var i = subtrees.Count - 2; i >= 0; i--) root = TreeHash.Node(subtrees[i], root);
        return root;
    }
}
