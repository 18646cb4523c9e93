using MailGrains.Evidence.Merkle;
using Xunit;

namespace MailGrains.Evidence.Tests.Merkle;

/// <summary>Every proof of every tree of up to 300 entries: made as the RFC defines it, accepted, and refused when anything about it is different.</summary>
public sealed class MerkleProofTests
{
    private const int Largest = 300;

    private static readonly ReferenceTree Reference = new([.. Enumerable.Range(0, Largest).Select(TestTree.Leaf)]);
    private static readonly TreeHash Other = TestTree.Leaf(-1);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Inclusion()
    {
        var tree = new TestTree(0);
        for (var size = 1; size <= Largest; size++)
        {
            tree.Add(TestTree.Leaf(size - 1));
            var (prover, root) = (tree.Prover(), Reference.Root(size));
            Assert.Equal(root, tree.Tree.Root());
            for (var index = 0; index < size; index++)
            {
                var proof = await prover.InclusionAsync(index, None);
                Assert.Equal(Reference.Path(index, size), proof);
                Assert.True(MerkleProof.VerifyInclusion(TestTree.Leaf(index), index, size, proof, root));
                RefuseInclusion(index, size, [.. proof], root);
            }
        }
    }

    [Fact]
    public async Task Consistency()
    {
        var tree = new TestTree(0);
        for (var size = 0; size <= Largest; size++)
        {
            if (size > 0) tree.Add(TestTree.Leaf(size - 1));
            var (prover, root) = (tree.Prover(), Reference.Root(size));
            for (var first = 0; first <= size; first++)
            {
                var proof = await prover.ConsistencyAsync(first, None);
                if (first > 0) Assert.Equal(Reference.Proof(first, size), proof);
                Assert.True(MerkleProof.VerifyConsistency(first, Reference.Root(first), size, root, proof));
                RefuseConsistency(first, size, [.. proof], root);
            }
        }
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 5)]
    [InlineData(0, 0)]
    [InlineData(0, -3)]
    public void An_entry_that_cannot_be_is_in_no_tree(long index, long size) =>
        Assert.False(MerkleProof.VerifyInclusion(TestTree.Leaf(0), index, size, [], TestTree.Leaf(0)));

    [Fact]
    public void A_tree_does_not_begin_with_a_larger_one() =>
        Assert.False(MerkleProof.VerifyConsistency(6, Reference.Root(6), 5, Reference.Root(5), Reference.Proof(5, 6)));

    [Fact]
    public async Task There_is_no_proof_of_what_is_not_there()
    {
        var prover = new TestTree(5).Prover();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => prover.InclusionAsync(5, None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => prover.ConsistencyAsync(6, None));
    }

    private static void RefuseInclusion(int index, int size, TreeHash[] proof, TreeHash root)
    {
        var leaf = TestTree.Leaf(index);
        Refuse(
            index + size,
            size,
            () => MerkleProof.VerifyInclusion(Flip(leaf, index), index, size, proof, root),
            () => MerkleProof.VerifyInclusion(leaf, index, size, proof, Flip(root, size)),
            () => MerkleProof.VerifyInclusion(leaf, index, size, [.. proof, Other], root),
            () => MerkleProof.VerifyInclusion(leaf, index - 1, size, proof, root),
            () => MerkleProof.VerifyInclusion(leaf, index + 1, size, proof, root),
            () => proof.Length > 0 && MerkleProof.VerifyInclusion(leaf, index, size, proof[..^1], root),
            () => proof.Length > 0 && MerkleProof.VerifyInclusion(leaf, index, size, Flipped(proof, index + size), root));
    }

    private static void RefuseConsistency(int first, int size, TreeHash[] proof, TreeHash root)
    {
        var old = Reference.Root(first);
        Refuse(
            first + size,
            size,
            () => MerkleProof.VerifyConsistency(first, Flip(old, first), size, root, proof),
            () => MerkleProof.VerifyConsistency(first, old, size, root, [.. proof, Other]),
            () => first > 0 && MerkleProof.VerifyConsistency(first, old, size, Flip(root, size), proof),
            () => first > 0 && MerkleProof.VerifyConsistency(first - 1, old, size, root, proof),
            () => first > 0 && MerkleProof.VerifyConsistency(first + 1, old, size, root, proof),
            () => proof.Length > 0 && MerkleProof.VerifyConsistency(first, old, size, root, proof[..^1]),
            () => proof.Length > 0 && MerkleProof.VerifyConsistency(first, old, size, root, Flipped(proof, first + size)));
    }

    /// <summary>All changes for the small trees; for the others they take turns, which is 6,000 times each.</summary>
    private static void Refuse(int turn, int size, params Func<bool>[] changes)
    {
        const int small = 70;
        if (size > small) Assert.False(changes[turn % changes.Length]());
        else Assert.All(changes, accepts => Assert.False(accepts()));
    }

    private static TreeHash[] Flipped(TreeHash[] proof, int bit)
    {
        TreeHash[] changed = [.. proof];
        var at = bit % proof.Length;
        changed[at] = Flip(changed[at], bit);
        return changed;
    }

    private static TreeHash Flip(TreeHash hash, int bit)
    {
        var octets = hash.ToArray();
        octets[bit / 8 % 32] ^= (byte)(1 << bit % 8);
        return TreeHash.Read(octets);
    }
}
