using MailGrains.Evidence.Merkle;

namespace MailGrains.Evidence.Signing;

/// <summary>
/// The right edge of a tree in one piece, as the store keeps it with what was removed. Format 1: the octet 1, and then the octets of
/// <see cref="MerkleTree.Edge"/>, lowest level first.
/// </summary>
internal sealed class TreeEdge(long size, ReadOnlyMemory<byte> octets) : ITileReader
{
    private const byte Format = 1;

    public static byte[] Of(MerkleTree tree) => [Format, .. tree.Edge().SelectMany(tile => tile.Octets.ToArray())];

    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileId tile, CancellationToken cancellation)
    {
        var at = 1;
        foreach (var one in TileId.Partial(size))
        {
            var length = one.Width * TreeHash.Length;
            if (octets.Length < at + length || octets.Span[0] != Format) break;
            if (one == tile) return new(octets.Slice(at, length));
            at += length;
        }

        throw new InvalidDataException($"The edge of a tree of {size} events has no {tile.Path}.");
    }
}
