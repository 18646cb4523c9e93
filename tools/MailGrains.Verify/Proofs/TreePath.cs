using System.Numerics;
using MailGrains.Verify.Events;

namespace MailGrains.Verify.Proofs;

/// <summary>Whether proofs about trees hold (RFC 9162 section 2.1).</summary>
internal static class TreePath
{
    /// <summary>The root to which the path leads from a leaf (section 2.1.3.2); null when it has not the length it must have.</summary>
    public static Digest? Root(Digest leaf, long index, long size, IReadOnlyList<Digest> path)
    {
        if (index < 0 || index >= size) return null;
        var (node, last, hash) = (index, size - 1, leaf);
        foreach (var beside in path)
        {
            if (last == 0) return null;
            if ((node & 1) == 1 || node == last)
            {
                hash = PartitionTree.Node(beside, hash);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = PartitionTree.Node(hash, beside);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 ? hash : null;
    }

    /// <summary>Whether the first tree is the beginning of the second (section 2.1.4.2).</summary>
    public static bool IsBeginning((long Size, Digest Root) first, (long Size, Digest Root) second, IReadOnlyList<Digest> proof)
    {
        if (first.Size == 0) return proof.Count == 0 && first.Root == Digest.Of([]);
        if (first.Size == second.Size) return proof.Count == 0 && first.Root == second.Root;
        if (first.Size > second.Size) return false;
        IReadOnlyList<Digest> path = BitOperations.IsPow2(first.Size) ? [first.Root, .. proof] : proof;
        if (path.Count == 0) return false;
        var (node, last) = (first.Size - 1, second.Size - 1);
        for (; (node & 1) == 1; node >>= 1) last >>= 1;
        var (old, now) = (path[0], path[0]);
        foreach (var beside in path.Skip(1))
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                (old, now) = (PartitionTree.Node(beside, old), PartitionTree.Node(beside, now));
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                now = PartitionTree.Node(now, beside);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && old == first.Root && now == second.Root;
    }
}
