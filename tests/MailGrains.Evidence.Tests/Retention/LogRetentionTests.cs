using MailGrains.Evidence.Signing;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using MailGrains.Storage.Subscribers;
using Xunit;

namespace MailGrains.Evidence.Tests.Retention;

/// <summary>What goes from the beginning of the log, and what holds it back.</summary>
public sealed class LogRetentionTests : IDisposable
{
    private static readonly TimeSpan Long = RetentionStage.KeepFor + TimeSpan.FromDays(1);

    private readonly RetentionStage _stage = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task What_is_old_goes_in_whole_tiles_and_the_rest_stays()
    {
        await _stage.WriteAsync(700);
        await _stage.PassAsync(Long);
        await _stage.WriteAsync(100);
        await _stage.PassAsync(TimeSpan.Zero);

        Assert.Equal(512, await _stage.RunAsync());
        Assert.Equal(513, await _stage.FirstAsync());
        Assert.Equal(0, await _stage.RunAsync());

        await _stage.PassAsync(Long);
        Assert.Equal(256, await _stage.RunAsync());
        Assert.Equal(769, await _stage.FirstAsync());
    }

    [Fact]
    public async Task A_head_says_it_before_it_is_done()
    {
        await _stage.WriteAsync(700);
        var before = await _stage.PassAsync(Long);
        Assert.Equal(0, before.Head.RemovedOf(0));
        await _stage.RunAsync();

        var after = await _stage.Signer.SignAsync(Cancellation);
        Assert.Equal((before.Head.Number + 1, 512), (after.Head.Number, after.Head.RemovedOf(0)));
        Assert.Equal(before.Head.Partitions, after.Head.Partitions);
    }

    [Fact]
    public async Task What_is_young_stays()
    {
        await _stage.WriteAsync(700);
        await _stage.PassAsync(RetentionStage.KeepFor - TimeSpan.FromDays(1));
        Assert.Equal(0, await _stage.RunAsync());
    }

    [Fact]
    public async Task What_is_not_signed_stays()
    {
        await _stage.WriteAsync(300);
        await _stage.PassAsync(TimeSpan.Zero);
        await _stage.WriteAsync(400);
        _stage.Fixture.Time.Advance(Long);
        await _stage.TrustClockAsync();
        Assert.Equal(256, await _stage.RunAsync());
    }

    [Theory]
    [InlineData(SubscriberState.Running)]
    [InlineData(SubscriberState.Paused)]
    public async Task What_a_subscriber_has_not_handled_stays_and_the_log_names_him(SubscriberState state)
    {
        await _stage.Subscribers.StartSubscriberAsync("quick", 0, 700, Cancellation);
        await _stage.Subscribers.StartSubscriberAsync("slow", 0, 300, Cancellation);
        await _stage.Subscribers.SetSubscriberStateAsync("slow", state, Cancellation);
        await _stage.WriteAsync(700);
        await _stage.PassAsync(Long);
        var told = new ToldThings();

        Assert.Equal(256, await _stage.RunAsync(told));
        Assert.Contains("subscriber slow", Assert.Single(told.Warnings), StringComparison.Ordinal);

        await _stage.Subscribers.MoveSubscriberAsync("slow", 0, 700, Cancellation);
        Assert.Equal(256, await _stage.RunAsync());
    }

    [Fact]
    public async Task One_that_is_configured_and_has_not_started_holds_all_back()
    {
        await _stage.WriteAsync(700);
        await _stage.PassAsync(Long);
        Assert.Equal(0, await _stage.RunAsync(null, "archive"));
        await _stage.Subscribers.StartSubscriberAsync("archive", 0, 700, Cancellation);
        Assert.Equal(512, await _stage.RunAsync(null, "archive"));
    }

    [Fact]
    public async Task A_clock_that_was_set_forward_removes_nothing()
    {
        await _stage.WriteAsync(700);
        await _stage.Signer.SignAsync(Cancellation);
        await _stage.TrustClockAsync();
        var before = await _stage.Retention.ReadClockAsync(Cancellation);
        _stage.Fixture.Time.Advance(Long);
        await _stage.Retention.WriteClockAsync(before!, Cancellation);

        Assert.Equal(0, await _stage.RunAsync());
        Assert.Equal(RetentionClock.Probation, (await _stage.Retention.ReadClockAsync(Cancellation))!.Waiting);
    }

    [Fact]
    public async Task An_event_that_a_wrong_clock_dated_back_is_as_old_as_those_before_it()
    {
        await _stage.WriteAsync(200);
        await _stage.PassAsync(Long);
        await _stage.WriteAsync(1);
        await _stage.WriteAsync(100, at: new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await _stage.WriteAsync(100);
        await _stage.PassAsync(TimeSpan.Zero);
        Assert.Equal(0, await _stage.RunAsync());
        await _stage.PassAsync(Long);
        Assert.Equal(256, await _stage.RunAsync());
    }

    [Fact]
    public async Task The_log_of_a_case_stays_from_its_first_act_on()
    {
        await _stage.WriteAsync(300);
        await _stage.WriteAsync(1, "CaseCreate");
        await _stage.WriteAsync(700);
        await _stage.PassAsync(Long);
        Assert.Equal(256, await _stage.RunAsync());
        Assert.Equal(0, await _stage.RunAsync());
    }

    [Fact]
    public async Task Of_the_directory_the_last_snapshot_that_is_old_enough_stays()
    {
        await _stage.WriteAsync(300);
        await _stage.WriteDirectoryAsync("DirectorySnapshot");
        await _stage.WriteDirectoryAsync("GroupCreate");
        await _stage.WriteAsync(500);
        await _stage.PassAsync(Long);
        await _stage.WriteDirectoryAsync("DirectorySnapshot");
        await _stage.WriteAsync(500);
        await _stage.PassAsync(TimeSpan.Zero);
        Assert.Equal(256, await _stage.RunAsync());
        Assert.Equal(0, await _stage.RunAsync());

        // Positions 301 and 803: what was known after the first is known from the second on, once that is old enough itself.
        await _stage.PassAsync(Long);
        Assert.Equal(512, await _stage.RunAsync());
        Assert.Equal(769, await _stage.FirstAsync());
        Assert.Equal(0, await _stage.RunAsync());
    }

    [Fact]
    public async Task Of_two_nodes_one_removes_and_the_other_finds_nothing_wrong()
    {
        await _stage.WriteAsync(700);
        await _stage.PassAsync(Long);
        using var folders = new Signing.SignerFixture(_stage.Checkpoints);
        using var other = folders.Start(_stage.Store, _stage.Retention);
        await other.SignAsync(Cancellation);

        Assert.Equal(512, await _stage.RunAsync());
        await _stage.WriteAsync(300);
        var signed = await other.SignAsync(Cancellation);
        Assert.Equal((1000, 512), (signed.Head.Partitions[0].Size, signed.Head.RemovedOf(0)));
        Assert.Equal(signed.Head.Hash, (await _stage.Signer.SignAsync(Cancellation)).Head.Hash);
    }

    [Fact]
    public async Task A_log_that_somebody_else_shortened_is_not_signed()
    {
        await _stage.WriteAsync(700);
        await _stage.PassAsync(Long);
        await _stage.Retention.CutAsync(0, new LogStart(0, 512, DateTimeOffset.UnixEpoch, default), Cancellation);
        var refused = await Assert.ThrowsAsync<LogBrokenException>(() => _stage.Signer.SignAsync(Cancellation));
        Assert.Contains("no checkpoint says", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _stage.RunAsync());
    }

    [Fact]
    public async Task Damaged_hashes_are_made_anew_before_events_go()
    {
        await _stage.WriteAsync(700);
        await _stage.PassAsync(Long);
        var file = Path.Combine(_stage.Fixture.Tiles, "v1", "0", "1");
        var octets = await File.ReadAllBytesAsync(file, Cancellation);
        octets[3] ^= 1;
        await File.WriteAllBytesAsync(file, octets, Cancellation);

        Assert.InRange(await _stage.RunAsync() + await _stage.RunAsync(), 512, 512);
        await _stage.WriteAsync(10);
        Assert.Equal(710, (await _stage.Signer.SignAsync(Cancellation)).Head.Partitions[0].Size);
    }
}
