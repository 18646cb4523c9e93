using MailGrains.Evidence.Merkle;
using Xunit;

namespace MailGrains.Evidence.Tests.Merkle;

/// <summary>Trees against published roots, tiles against the examples of the format.</summary>
public sealed class MerkleTreeTests
{
    /// <summary>The entries and roots that Certificate Transparency's implementations test themselves with (certificate-transparency-go, RFC 6962).</summary>
    private static readonly string[] Entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public void Roots_are_the_published_ones()
    {
        var tree = new MerkleTree();
        Assert.Equal(Roots[0], tree.Root().ToString());
        for (var i = 0; i < Entries.Length; i++)
        {
            Assert.Empty(tree.Append(TreeHash.Leaf(Convert.FromHexString(Entries[i]))));
            Assert.Equal(Roots[i + 1], tree.Root().ToString());
        }
    }

    /// <summary>The tree of seven entries of RFC 9162 section 2.1.5, with the nodes named as there.</summary>
    [Fact]
    public async Task Proofs_are_those_of_the_example_in_the_rfc()
    {
        var tree = new TestTree(7);
        var (a, b, c, d) = (TestTree.Leaf(0), TestTree.Leaf(1), TestTree.Leaf(2), TestTree.Leaf(3));
        var (e, f, j) = (TestTree.Leaf(4), TestTree.Leaf(5), TestTree.Leaf(6));
        var (g, h, i) = (TreeHash.Node(a, b), TreeHash.Node(c, d), TreeHash.Node(e, f));
        var (k, l) = (TreeHash.Node(g, h), TreeHash.Node(i, j));

        Assert.Equal([b, h, l], await tree.Prover().InclusionAsync(0, None));
        Assert.Equal([c, g, l], await tree.Prover().InclusionAsync(3, None));
        Assert.Equal([f, j, k], await tree.Prover().InclusionAsync(4, None));
        Assert.Equal([i, k], await tree.Prover().InclusionAsync(6, None));
        Assert.Equal([c, d, g, l], await tree.Prover().ConsistencyAsync(3, None));
        Assert.Equal([l], await tree.Prover().ConsistencyAsync(4, None));
        Assert.Equal([i, j, k], await tree.Prover().ConsistencyAsync(6, None));
    }

    /// <summary>C2SP tlog-tiles: "a tree of size 70,000 will be represented by …".</summary>
    [Fact]
    public void Tiles_are_those_of_the_example_in_the_format()
    {
        var tree = new TestTree(70_000);
        Assert.Equal(273, tree.Full.Count(t => t.Level == 0));
        Assert.Equal([new TileId(1, 0, 256)], tree.Full.Where(t => t.Level > 0));
        Assert.Equal([new TileId(0, 273, 112), new TileId(1, 1, 17), new TileId(2, 0, 1)], tree.Tree.Edge().Select(t => t.Id));
        Assert.Equal([new TileId(1, 0, 1)], TileId.Partial(256));
    }

    [Fact]
    public async Task Tiles_have_the_roots_of_the_tiles_below()
    {
        var tree = new TestTree(256 * 256 + 3);
        var level1 = await tree.ReadAsync(new TileId(1, 0, 256), None);
        var level0 = await tree.ReadAsync(new TileId(0, 7, 256), None);
        var reference = new ReferenceTree([.. Enumerable.Range(7 * 256, 256).Select(TestTree.Leaf)]);
        Assert.Equal(TestTree.Leaf(7 * 256 + 5), TreeHash.Read(level0.Span[(5 * 32)..]));
        Assert.Equal(reference.Root(256), TreeHash.Read(level1.Span[(7 * 32)..]));
        Assert.Equal(tree.Tree.Root(), await tree.Prover().RootAsync(None));
    }

    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(3, 1234067, 256, "tile/3/x001/x234/067")]
    [InlineData(0, 1000, 1, "tile/0/x001/000.p/1")]
    public void Paths_are_those_of_the_format(int level, long index, int width, string path) => Assert.Equal(path, new TileId(level, index, width).Path);

    [Fact]
    public async Task A_tree_goes_on_where_it_was_left()
    {
        foreach (var size in new[] { 0, 1, 5, 255, 256, 257, 1000 })
        {
            var tree = new TestTree(size);
            var loaded = await MerkleTree.LoadAsync(tree, size, None);
            Assert.Equal(tree.Tree.Root(), loaded.Root());
            for (var i = size; i < size + 300; i++)
            {
                loaded.Append(TestTree.Leaf(i));
                tree.Add(TestTree.Leaf(i));
            }

            Assert.Equal(tree.Tree.Root(), loaded.Root());
            Assert.Equal(tree.Tree.Frontier(), await tree.Prover().FrontierAsync(None));
        }
    }
}
