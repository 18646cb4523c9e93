using MailGrains.Storage.InMemory;
using MailGrains.Storage.Records;

namespace MailGrains.Records.Tests;

public sealed class RetentionClockTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    private readonly InMemoryRecordStore _store = new();
    private readonly SteeredClock _time = new();
    private RetentionClock _clock;

    public RetentionClockTests() => _clock = new RetentionClock(_store, _time);

    [Fact]
    public async Task A_clock_is_trusted_after_a_day_of_running_and_not_before()
    {
        Assert.Null(await LookAsync());
        Assert.Equal(TimeSpan.FromHours(24), await RunUntilTrustedAsync());
        Assert.Equal(_time.Wall, await LookAsync());
    }

    [Theory]
    [InlineData(+6)]
    [InlineData(-6)]
    [InlineData(+60 * 24 * 365)]
    public async Task A_jump_while_running_starts_the_day_anew(int minutes)
    {
        await RunUntilTrustedAsync();
        _time.Wall += TimeSpan.FromMinutes(minutes);
        Assert.Null(await LookAsync());
        Assert.Equal(TimeSpan.FromHours(24), await RunUntilTrustedAsync());
    }

    [Fact]
    public async Task Small_steps_add_up()
    {
        await RunUntilTrustedAsync();
        _time.Wall += TimeSpan.FromMinutes(4);
        Assert.NotNull(await LookAsync());
        _time.Wall += TimeSpan.FromMinutes(4);
        Assert.Null(await LookAsync());
    }

    [Theory]
    [InlineData(6 * 24, true)]
    [InlineData(8 * 24, false)]
    [InlineData(-1, false)]
    [InlineData(-8 * 24, false)]
    public async Task A_restart_with_a_clock_far_from_where_it_was_starts_the_day_anew(int hours, bool trusted)
    {
        await RunUntilTrustedAsync();
        _time.Wall += TimeSpan.FromHours(hours);
        Restart();
        Assert.Equal(trusted, await LookAsync() is not null);
    }

    [Fact]
    public async Task Restarts_do_not_put_it_off_for_ever()
    {
        await LookAsync();
        for (var restarts = 0; restarts < 4; restarts++)
        {
            for (var hours = 0; hours < 6; hours++)
            {
                Assert.Null(await LookAsync());
                _time.Run(TimeSpan.FromHours(1));
            }

            await LookAsync();
            Restart();
        }

        Assert.NotNull(await LookAsync());
    }

    [Fact]
    public async Task Time_in_which_the_server_was_off_does_not_count()
    {
        await LookAsync();
        _time.Run(TimeSpan.FromHours(48));
        Restart();
        Assert.Null(await LookAsync());
        Assert.Equal(TimeSpan.FromHours(24), await RunUntilTrustedAsync());
    }

    [Fact]
    public async Task Of_several_clocks_that_disagree_none_is_trusted()
    {
        _clock = Shared(_time);
        await RunUntilTrustedAsync();
        var wrong = new SteeredClock { Wall = _time.Wall + TimeSpan.FromDays(6) };
        var other = Shared(wrong);
        Assert.Null(await other.LookAsync(TestContext.Current.CancellationToken));
        Assert.Null(await LookAsync());
        Assert.Null(await other.LookAsync(TestContext.Current.CancellationToken));

        // Gone, it says nothing any more.
        Assert.Null(await LookAsync());
        Assert.Equal(TimeSpan.FromHours(24), await RunUntilTrustedAsync());
    }

    [Fact]
    public async Task Of_several_clocks_that_agree_each_is_trusted_from_its_second_look_on()
    {
        _clock = Shared(_time);
        await RunUntilTrustedAsync();
        var other = Shared(_time);
        Assert.Null(await other.LookAsync(TestContext.Current.CancellationToken));
        Assert.NotNull(await LookAsync());
        Assert.NotNull(await other.LookAsync(TestContext.Current.CancellationToken));
    }

    private RetentionClock Shared(SteeredClock time) => new(_store, time) { IsShared = true };

    private void Restart() => _clock = new RetentionClock(_store, _time);

    private Task<DateTimeOffset?> LookAsync() => _clock.LookAsync(TestContext.Current.CancellationToken);

    private async Task<TimeSpan> RunUntilTrustedAsync()
    {
        var start = _time.Running;
        while (await LookAsync() is null) _time.Run(Step);
        return _time.Running - start;
    }
}
