namespace MailGrains.Verify.Events;

/// <summary>The root of a partition's tree as events are added (RFC 9162 section 2.1.1); keeps one hash for each bit of the size.</summary>
internal sealed class PartitionTree
{
    /// <summary>Roots of complete subtrees, largest first.</summary>
    private readonly List<Digest> _subtrees;

    public PartitionTree()
        : this(0, [])
    {
    }

    /// <param name="size">Entries before the first that will be added.</param>
    /// <param name="frontier">Roots of the complete subtrees of those, one for each bit set in the size, largest first.</param>
    public PartitionTree(long size, IEnumerable<Digest> frontier) => (Size, _subtrees) = (size, [.. frontier]);

    public long Size { get; private set; }

    /// <summary>The hash of the entry that an event is.</summary>
    public static Digest Leaf(Digest chainHash)
    {
        Span<byte> leaf = stackalloc byte[1 + Digest.Length];
        leaf[0] = 0;
        chainHash.Write(leaf[1..]);
        return Digest.Of(leaf);
    }

    public static Digest Node(Digest left, Digest right)
    {
        Span<byte> node = stackalloc byte[1 + 2 * Digest.Length];
        node[0] = 1;
        left.Write(node[1..]);
        right.Write(node[(1 + Digest.Length)..]);
        return Digest.Of(node);
    }

    public void Add(Digest chainHash)
    {
        var node = Leaf(chainHash);
        for (var size = Size; (size & 1) == 1; size >>= 1)
        {
            node = Node(_subtrees[^1], node);
            _subtrees.RemoveAt(_subtrees.Count - 1);
        }

        _subtrees.Add(node);
        Size++;
    }

    public Digest Root()
    {
        if (_subtrees.Count == 0) return Digest.Of([]);
        var root = _subtrees[^1];
        for (var i = _subtrees.Count - 2; i >= 0; i--) root = Node(_subtrees[i], root);
        return root;
    }
}
