using MailGrains.Storage.Packs;
using Xunit;

namespace MailGrains.Storage.Tests.Packs;

public sealed class PackNumberTests
{
    [Fact]
    public async Task A_start_goes_on_above_what_the_index_knows_though_the_files_are_older()
    {
        var disk = new MemoryPackFiles();
        await using (var packs = new PackStoreFixture(disk))
        {
            await packs.AppendAsync([1]);
            await packs.FlushAsync();
        }

        await using var next = new PackStoreFixture(disk, PackStoreFixture.Small with { Above = 40 });
        Assert.Equal(41, (await next.AppendAsync([2])).Pack);
    }

    [Theory]
    [InlineData(0, 1, 0, 1)]
    [InlineData(0, 256, 0, 256)]
    [InlineData(0, 256, 255, 511)]
    [InlineData(5, 256, 255, 511)]
    [InlineData(300, 256, 5, 517)]
    [InlineData(261, 256, 5, 517)]
    [InlineData(260, 256, 5, 261)]
    [InlineData(600, 256, 5, 773)]
    public async Task A_lane_stays_its_own(int above, int stride, int lane, int expected)
    {
        var options = PackStoreFixture.Small with { Above = above, Stride = stride, Lane = lane };
        await using var packs = new PackStoreFixture(new MemoryPackFiles(), options);
        Assert.Equal(expected, (await packs.AppendAsync([1])).Pack);
    }
}
