using System.Runtime.InteropServices;

namespace MailGrains.Evidence.Merkle;

/// <summary>A tile with its hashes.</summary>
/// <param name="Octets">The hashes one after the other, 32 octets each.</param>
public sealed record MerkleTile(TileId Id, ReadOnlyMemory<byte> Octets)
{
    internal static MerkleTile Of(TileId id, List<TreeHash> hashes)
    {
        var octets = new byte[hashes.Count * TreeHash.Length];
        for (var i = 0; i < hashes.Count; i++) hashes[i].Write(octets.AsSpan(i * TreeHash.Length));
        return new MerkleTile(id, octets);
    }

    /// <summary>The root of a complete subtree from its leaves, whose number is a power of two up to 256.</summary>
    internal static TreeHash Subtree(ReadOnlySpan<TreeHash> leaves)
    {
        Span<TreeHash> row = stackalloc TreeHash[leaves.Length];
        leaves.CopyTo(row);
        for (var width = leaves.Length / 2; width > 0; width /= 2)
            for (var i = 0; i < width; i++) row[i] = TreeHash.Node(row[2 * i], row[2 * i + 1]);
        return row[0];
    }

    internal static TreeHash Subtree(List<TreeHash> leaves, int start, int count) => Subtree(CollectionsMarshal.AsSpan(leaves).Slice(start, count));
}
