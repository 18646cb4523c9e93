using System.Numerics;

namespace MailGrains.Evidence.Merkle;

/// <summary>Verifies proofs. A proof of the wrong length, an index or a size that can't be is a proof that fails; nothing throws.</summary>
public static class MerkleProof
{
    /// <summary>RFC 9162 section 2.1.3.2: whether the tree of that size and root has the leaf as entry number <paramref name="index"/>, from 0.</summary>
    public static bool VerifyInclusion(TreeHash leaf, long index, long size, IReadOnlyList<TreeHash> proof, TreeHash root)
    {
        if (index < 0 || index >= size) return false;
        var (node, last) = (index, size - 1);
        var hash = leaf;
        foreach (var beside in proof)
        {
            if (last == 0) return false;
            if (IsRight(node) || node == last)
            {
                hash = TreeHash.Node(beside, hash);
                Climb(ref node, ref last);
            }
            else
            {
                hash = TreeHash.Node(hash, beside);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }

    /// <summary>
    /// RFC 9162 section 2.1.4.2: whether the entries of the first tree are the beginning of the second one's. Every tree begins with the one without
    /// entries, and with itself; the proof for both is empty.
    /// </summary>
    public static bool VerifyConsistency(long first, TreeHash firstRoot, long second, TreeHash secondRoot, IReadOnlyList<TreeHash> proof)
    {
        if (first < 0 || first > second) return false;
        if (first == second) return proof.Count == 0 && firstRoot == secondRoot && (first > 0 || firstRoot == TreeHash.Empty);
        if (first == 0) return proof.Count == 0 && firstRoot == TreeHash.Empty;

        // The old root is itself a node of the new tree when its size is a power of two, and not in the proof then.
        var isNode = BitOperations.IsPow2(first);
        if (!isNode && proof.Count == 0) return false;
        var (old, current) = isNode ? (firstRoot, firstRoot) : (proof[0], proof[0]);
        var (node, last) = (first - 1, second - 1);
        for (; IsRight(node); node >>= 1) last >>= 1;

        for (var i = isNode ? 0 : 1; i < proof.Count; i++)
        {
            if (last == 0) return false;
            if (IsRight(node) || node == last)
            {
                old = TreeHash.Node(proof[i], old);
                current = TreeHash.Node(proof[i], current);
                Climb(ref node, ref last);
            }
            else
            {
                current = TreeHash.Node(current, proof[i]);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && old == firstRoot && current == secondRoot;
    }

    private static bool IsRight(long node) => (node & 1) == 1;

    /// <summary>The last node of a row that has none to its right goes up as it is, until it is a right one.</summary>
    private static void Climb(ref long node, ref long last)
    {
        while (!IsRight(node) && node != 0) (node, last) = (node >> 1, last >> 1);
    }
}
