using System.Buffers.Binary;
using MailGrains.Evidence.Merkle;

namespace MailGrains.Evidence.Tests.Merkle;

/// <summary>A tree with its tiles in memory; entry n is the number n in 4 octets.</summary>
internal sealed class TestTree : ITileReader
{
    private readonly Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> _full = [];

    public TestTree(int size)
    {
        for (var i = 0; i < size; i++) Add(Leaf(i));
    }

    public MerkleTree Tree { get; } = new();

    public List<TileId> Full { get; } = [];

    public static TreeHash Leaf(int number)
    {
        var entry = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(entry, number);
        return TreeHash.Leaf(entry);
    }

    public void Add(TreeHash leaf)
    {
        foreach (var tile in Tree.Append(leaf))
        {
            Full.Add(tile.Id);
            _full.Add((tile.Id.Level, tile.Id.Index), tile.Octets);
        }
    }

    public MerkleProver Prover() => new(this, Tree.Size);

    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileId tile, CancellationToken cancellation)
    {
        if (_full.TryGetValue((tile.Level, tile.Index), out var octets)) return new(octets);
        var edge = Tree.Edge().FirstOrDefault(t => t.Id.Level == tile.Level && t.Id.Index == tile.Index);
        return edge is not null ? new(edge.Octets) : throw new InvalidDataException(tile.Path);
    }
}
