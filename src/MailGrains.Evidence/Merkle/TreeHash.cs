using MailGrains.Model;

namespace MailGrains.Evidence.Merkle;

/// <summary>A hash of a Merkle tree, 32 octets of SHA-256 (RFC 9162 section 2.1.1).</summary>
public readonly record struct TreeHash(BlobId Hash)
{
    public const int Length = BlobId.Length;

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int ShortEntry = 256;

    /// <summary>The root of a tree without entries: the hash of nothing.</summary>
    public static TreeHash Empty { get; } = Of([]);

    /// <summary>The hash of an entry: SHA-256(0x00 ‖ entry).</summary>
    public static TreeHash Leaf(ReadOnlySpan<byte> entry)
    {
        var prefixed = entry.Length < ShortEntry ? stackalloc byte[1 + entry.Length] : new byte[1 + entry.Length];
        prefixed[0] = LeafPrefix;
        entry.CopyTo(prefixed[1..]);
        return Of(prefixed);
    }

    /// <summary>The hash of the entry that an event is in its partition's tree: the 32 octets of its chain hash.</summary>
    public static TreeHash Leaf(BlobId chainHash)
    {
        Span<byte> entry = stackalloc byte[BlobId.Length];
        chainHash.Write(entry);
        return Leaf(entry);
    }

    /// <summary>The hash of two subtrees beside each other: SHA-256(0x01 ‖ left ‖ right).</summary>
    public static TreeHash Node(TreeHash left, TreeHash right)
    {
        Span<byte> prefixed = stackalloc byte[1 + 2 * Length];
        prefixed[0] = NodePrefix;
        left.Write(prefixed[1..]);
        right.Write(prefixed[(1 + Length)..]);
        return Of(prefixed);
    }

    /// <summary>Reads the 32 octets that <see cref="Write"/> wrote.</summary>
    public static TreeHash Read(ReadOnlySpan<byte> hash) => new(BlobId.Read(hash));

    public void Write(Span<byte> destination) => Hash.Write(destination);

    public byte[] ToArray() => Hash.ToArray();

    /// <summary>Hexadecimal, lower case.</summary>
    public override string ToString() => Hash.ToString();

    private static TreeHash Of(ReadOnlySpan<byte> prefixed) => new(BlobId.Of(prefixed));
}
