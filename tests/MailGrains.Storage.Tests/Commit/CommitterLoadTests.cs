using MailGrains.Storage.Commit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MailGrains.Storage.Tests.Commit;

public sealed class CommitterLoadTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly CommitterLoad _load;

    public CommitterLoadTests() => _load = new CommitterLoad(_time);

    [Theory]
    [InlineData(10, 1, true)]
    [InlineData(8, 0.8, true)]
    [InlineData(3, 0.3, false)]
    [InlineData(0, 0, false)]
    public void It_is_the_part_of_the_time_in_which_groups_are_written(int millisecondsOfTen, double share, bool busy)
    {
        for (var i = 0; i < 60; i++) Pass(millisecondsOfTen);
        Assert.Equal(share, _load.Share, 0.05);
        Assert.Equal(busy, _load.IsBusy);
    }

    [Fact]
    public void Groups_that_overlap_make_it_no_more_than_full()
    {
        for (var i = 0; i < 60; i++) Pass(25);
        Assert.Equal(1, _load.Share);
    }

    [Fact]
    public void It_falls_soon_after_the_crowd_has_gone()
    {
        for (var i = 0; i < 60; i++) Pass(10);
        Assert.True(_load.IsBusy);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_load.IsBusy);
    }

    private void Pass(int millisecondsOfTen)
    {
        _time.Advance(Moment);
        _load.Wrote(TimeSpan.FromMilliseconds(millisecondsOfTen));
    }
}
