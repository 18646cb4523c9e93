using System.Numerics;

namespace MailGrains.Evidence.Merkle;

/// <summary>
/// Computes proofs about the tree of a partition's first <paramref name="size"/> entries from its tiles. Keeps the tiles it has read, so it is made for a
/// question or a few and thrown away. Each method throws <see cref="InvalidDataException"/> when a tile can't be had.
/// </summary>
public sealed class MerkleProver(ITileReader tiles, long size)
{
    private readonly Dictionary<TileId, ReadOnlyMemory<byte>> _read = [];

    public long Size => size;

    public ValueTask<TreeHash> RootAsync(CancellationToken cancellation) => RangeAsync(0, size, cancellation);

    /// <summary>
    /// PATH(index, D[size]) of RFC 9162 section 2.1.3.1: the hashes beside the way from an entry up to the root, nearest to the entry first; at most 63.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry in the tree.</exception>
    public async Task<IReadOnlyList<TreeHash>> InclusionAsync(long index, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<TreeHash>();
        var (start, end) = (0L, size);
        while (end - start > 1)
        {
            var middle = start + Split(end - start);
            if (index < middle)
            {
                path.Add(await RangeAsync(middle, end, cancellation));
                end = middle;
            }
            else
            {
                path.Add(await RangeAsync(start, middle, cancellation));
                start = middle;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>
    /// PROOF(first, D[size]) of RFC 9162 section 2.1.4.1: what makes the root of the first entries and this tree's root from the same hashes. Empty for
    /// the tree itself, and for the tree without entries, which is the beginning of every tree.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has fewer entries.</exception>
    public async Task<IReadOnlyList<TreeHash>> ConsistencyAsync(long first, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, size);
        if (first == 0) return [];
        var proof = new List<TreeHash>();
        var (start, end) = (0L, size);
        while (first != end)
        {
            var middle = start + Split(end - start);
            if (first <= middle)
            {
                proof.Add(await RangeAsync(middle, end, cancellation));
                end = middle;
            }
            else
            {
                proof.Add(await RangeAsync(start, middle, cancellation));
                start = middle;
            }
        }

        // The verifier has the old root itself, so it is left out where the way ends at that.
        if (start > 0) proof.Add(await RangeAsync(start, end, cancellation));
        proof.Reverse();
        return proof;
    }

    /// <summary>As <see cref="MerkleTree.Frontier"/>.</summary>
    public Task<IReadOnlyList<TreeHash>> FrontierAsync(CancellationToken cancellation) => SubtreesAsync(0, size, cancellation);

    /// <summary>The largest power of two below a length of two or more.</summary>
    private static long Split(long length) => 1L << BitOperations.Log2((ulong)(length - 1));

    private async ValueTask<TreeHash> RangeAsync(long start, long end, CancellationToken cancellation) =>
        MerkleTree.Join(await SubtreesAsync(start, end, cancellation));

    /// <summary>The complete subtrees of a range that begins where the splits of a tree do.</summary>
    private async Task<IReadOnlyList<TreeHash>> SubtreesAsync(long start, long end, CancellationToken cancellation)
    {
        var subtrees = new List<TreeHash>();
        while (start < end)
        {
            var height = BitOperations.Log2((ulong)(end - start));
            subtrees.Add(await SubtreeAsync(height, start >> height, cancellation));
            start += 1L << height;
        }

        return subtrees;
    }

    /// <summary>The root of complete subtree number <paramref name="index"/> of 2^<paramref name="height"/> entries.</summary>
    private async ValueTask<TreeHash> SubtreeAsync(int height, long index, CancellationToken cancellation)
    {
        var level = height / TileId.Height;
        var count = 1 << (height % TileId.Height);
        var tile = TileId.Holding(level, index * count, size);
        if (!_read.TryGetValue(tile, out var octets))
        {
            octets = await tiles.ReadAsync(tile, cancellation);
            if (octets.Length < tile.Width * TreeHash.Length) throw new InvalidDataException($"{tile.Path} is too short.");
            _read.Add(tile, octets);
        }

        return Subtree(octets.Span[((int)(index * count % TileId.FullWidth) * TreeHash.Length)..], count);
    }

    private static TreeHash Subtree(ReadOnlySpan<byte> octets, int count)
    {
        Span<TreeHash> leaves = stackalloc TreeHash[count];
        for (var i = 0; i < count; i++) leaves[i] = TreeHash.Read(octets[(i * TreeHash.Length)..]);
        return MerkleTile.Subtree(leaves);
    }
}
