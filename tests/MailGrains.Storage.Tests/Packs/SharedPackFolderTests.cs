using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Packs.Files;
using MailGrains.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MailGrains.Storage.Tests.Packs;

/// <summary>Several processes on one folder of packs.</summary>
public sealed class SharedPackFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Writers_at_the_same_time_never_share_a_pack_and_read_each_others_bodies()
    {
        using var oneLane = SharedPackFolder.Open(_folder.Path);
        using var otherLane = SharedPackFolder.Open(_folder.Path);
        await using var one = Store(oneLane);
        await using var other = Store(otherLane);
        var packs = new HashSet<int>[] { [], [] };
        for (var i = 0; i < 40; i++)
        {
            var bytes = Body(i);
            var (writer, reader) = i % 2 == 0 ? (one, other) : (other, one);
            var locator = await writer.AppendAsync(BlobId.Of(bytes), bytes, CancellationToken.None);
            await writer.FlushAsync(CancellationToken.None);
            packs[i % 2].Add(locator.Pack);
            using var read = await reader.ReadAsync(BlobId.Of(bytes), locator, CancellationToken.None);
            Assert.Equal(bytes, read.Memory.ToArray());
        }

        Assert.True(packs[0].Count > 1 && packs[1].Count > 1);
        Assert.Empty(packs[0].Intersect(packs[1]));
    }

    [Fact]
    public async Task A_lane_that_was_left_is_taken_up_behind_its_packs_and_others_stay_as_they_are()
    {
        using var living = SharedPackFolder.Open(_folder.Path);
        await using var alive = Store(living);
        var (kept, left) = (Body(1), Body(2));
        var before = await alive.AppendAsync(BlobId.Of(kept), kept, CancellationToken.None);
        BodyLocator old;
        using (var leaving = SharedPackFolder.Open(_folder.Path))
        {
            await using var store = Store(leaving);
            old = await store.AppendAsync(BlobId.Of(left), left, CancellationToken.None);
        }

        using var next = SharedPackFolder.Open(_folder.Path);
        await using var successor = Store(next);
        await alive.FlushAsync(CancellationToken.None);
        var added = await successor.AppendAsync(BlobId.Of(Body(3)), Body(3), CancellationToken.None);
        Assert.Equal(old.Pack % SharedPackFolder.Lanes, added.Pack % SharedPackFolder.Lanes);
        Assert.True(added.Pack > old.Pack);
        using var first = await successor.ReadAsync(BlobId.Of(kept), before, CancellationToken.None);
        using var second = await successor.ReadAsync(BlobId.Of(left), old, CancellationToken.None);
        Assert.Equal((kept, left), (first.Memory.ToArray(), second.Memory.ToArray()), (a, b) => a.Item1.SequenceEqual(b.Item1) && a.Item2.SequenceEqual(b.Item2));
    }

    [Fact]
    public async Task A_pack_that_somebody_still_writes_is_not_cut_where_locks_do_not_exclude()
    {
        using var files = SharedPackFolder.Open(_folder.Path);
        await using var writer = Store(files);
        var first = await AppendAsync(writer, Body(1));
        File.Delete(Path.Combine(_folder.Path, "lane-000.lock"));
        using var sameLane = SharedPackFolder.Open(_folder.Path);
        Assert.Equal(files.Lane, sameLane.Lane);

        // Written between the look at the pack's end and the cut, if there is one.
        var late = new Lazy<BodyLocator>(() => Append(writer, Body(2)));
        await using var other = Store(new LateFiles(sameLane, () => _ = late.Value), files.Lane);

        Assert.Equal(first.Pack, late.Value.Pack);
        using var read = await other.ReadAsync(BlobId.Of(Body(2)), late.Value, CancellationToken.None);
        Assert.Equal(Body(2), read.Memory.ToArray());
    }

    public void Dispose() => _folder.Dispose();

    private static BodyLocator Append(PackBodyStore store, byte[] body) => AppendAsync(store, body).GetAwaiter().GetResult();

    private static async Task<BodyLocator> AppendAsync(PackBodyStore store, byte[] body)
    {
        var locator = await store.AppendAsync(BlobId.Of(body), body, CancellationToken.None);
        await store.FlushAsync(CancellationToken.None);
        return locator;
    }

    private static PackBodyStore Store(SharedPackFolder files) => Store(files, files.Lane);

    private static PackBodyStore Store(IPackFiles files, int lane) => new(
        files,
        new DictionaryBodyIndex(),
        NullLogger<PackBodyStore>.Instance,
        new PackOptions { Stride = SharedPackFolder.Lanes, Lane = lane, PackBytes = 16 << 10 });

    /// <summary>Does not compress.</summary>
    private static byte[] Body(int seed)
    {
        var bytes = new byte[2000];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
