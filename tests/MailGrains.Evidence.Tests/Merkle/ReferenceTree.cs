using MailGrains.Evidence.Merkle;

namespace MailGrains.Evidence.Tests.Merkle;

/// <summary>The definitions of RFC 9162 sections 2.1.1, 2.1.3.1 and 2.1.4.1 word for word, recursion and all; each range is hashed once.</summary>
internal sealed class ReferenceTree(IReadOnlyList<TreeHash> leaves)
{
    private readonly Dictionary<(int, int), TreeHash> _hashed = [];

    public TreeHash Root(int size) => size == 0 ? TreeHash.Empty : Hash(0, size);

    public List<TreeHash> Path(int index, int size) => Path(index, 0, size);

    public List<TreeHash> Proof(int first, int size) => Subproof(first, 0, size, isWhole: true);

    private TreeHash Hash(int start, int end)
    {
        if (end - start == 1) return leaves[start];
        if (_hashed.TryGetValue((start, end), out var hash)) return hash;
        var k = Split(end - start);
        return _hashed[(start, end)] = TreeHash.Node(Hash(start, start + k), Hash(start + k, end));
    }

    private List<TreeHash> Path(int m, int start, int end)
    {
        if (end - start == 1) return [];
        var k = Split(end - start);
        return m < k ? [.. Path(m, start, start + k), Hash(start + k, end)] : [.. Path(m - k, start + k, end), Hash(start, start + k)];
    }

    private List<TreeHash> Subproof(int m, int start, int end, bool isWhole)
    {
        if (m == end - start) return isWhole ? [] : [Hash(start, end)];
        var k = Split(end - start);
        return m <= k
            ? [.. Subproof(m, start, start + k, isWhole), Hash(start + k, end)]
            : [.. Subproof(m - k, start + k, end, isWhole: false), Hash(start, start + k)];
    }

    private static int Split(int n)
    {
        var k = 1;
        while (2 * k < n) k *= 2;
        return k;
    }
}
