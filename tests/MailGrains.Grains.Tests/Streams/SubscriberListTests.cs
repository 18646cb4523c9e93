using MailGrains.Grains.Contracts.Subscribers;
using MailGrains.Subscribers;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>What administrators see of the subscribers.</summary>
public sealed class SubscriberListTests
{
    [Fact]
    public async Task A_list_tells_how_far_behind_each_is_how_fast_it_works_and_how_often_it_failed()
    {
        var away = new RecordingHandler("away") { FailureOf = _ => new HandlerUnavailableException("Nobody answers.") };
        await using var cluster = await SubscriberCluster.StartAsync(1, Failing(away), DeliveryStage.Quick(new RecordingHandler("quick")));
        await cluster.WriteAsync(0, 30);
        await cluster.ReachesAsync("quick", 30, 0);
        await Eventually.EqualAsync(true, async () => (await FindAsync(cluster, "away", 0)) is { Failures: >= 3, Trouble: not null });

        var stuck = await FindAsync(cluster, "away", 0);
        Assert.True(stuck is { Position: 0, LastMinute: 0, Started: true, LagSeconds: > 0 }, stuck.ToString());
        Assert.Contains("Nobody answers.", stuck.Trouble, StringComparison.Ordinal);

        var quick = await FindAsync(cluster, "quick", 0);
        Assert.True(quick is { Position: 30, LastMinute: 30, Failures: 0, LagSeconds: 0, Trouble: null }, quick.ToString());
        await cluster.ReachesAsync("quick", 0, 1);
        var idle = await FindAsync(cluster, "quick", 1);
        Assert.True(idle is { LastMinute: 0, Failures: 0, LagSeconds: 0, Trouble: null }, idle.ToString());
    }

    [Fact]
    public async Task One_that_never_started_is_in_the_list_with_what_keeps_it()
    {
        var log = new TestLog();
        await log.WriteAsync(0, 10);
        await log.WriteAsync(1, 10);
        Assert.True(await log.CutAsync(0, 4));
        await using var cluster = await SubscriberCluster.StartAsync(log, 1, Failing(new RecordingHandler("late")));
        for (var partition = 0; partition < 2; partition++)
        {
            await Eventually.EqualAsync(
                true, async () => (await FindAsync(cluster, "late", partition)).Trouble?.Contains("give Start=kept", StringComparison.Ordinal) == true);
            var late = await FindAsync(cluster, "late", partition);
            Assert.True(late is { Started: false, Position: 0, Head: 10, LagSeconds: > 0, Failures: > 0 }, late.ToString());
        }

        Assert.Empty(await cluster.Subscribers.ListAsync());
    }

    [Fact]
    public async Task One_that_was_taken_out_of_the_configuration_is_told_from_one_that_works()
    {
        await using var cluster = await SubscriberCluster.StartAsync(1, DeliveryStage.Quick(new RecordingHandler("quick")));
        await cluster.Positions.StartSubscriberAsync("gone", 0, 3, TestContext.Current.CancellationToken);
        var gone = await FindAsync(cluster, "gone", 0);
        Assert.Equal("It is not in the configuration.", gone.Trouble);
        Assert.Null(gone.Failures);
    }

    /// <summary>With pauses that leave its grain time to answer.</summary>
    private static Subscriber Failing(IEventHandler handler) =>
        DeliveryStage.Quick(handler) with { FirstPause = TimeSpan.FromMilliseconds(10), LongestPause = TimeSpan.FromMilliseconds(20) };

    private static async Task<SubscriberStatus> FindAsync(SubscriberCluster cluster, string subscriber, int partition) =>
        Assert.Single(await cluster.Subscribers.ExplainAsync(), s => s.Subscriber == subscriber && s.Partition == partition);
}
