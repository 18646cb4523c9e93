using MailGrains.Storage;
using MailGrains.Storage.Subscribers;
using MailGrains.Subscribers.JsonLines;
using MailGrains.TestKit;

namespace MailGrains.Grains.Tests.Streams;

public sealed class SubscriberGrainTests
{
    [Fact]
    public async Task Two_subscribers_get_all_events_by_the_stream_and_neither_waits_for_the_other()
    {
        var stuck = new TaskCompletionSource();
        var slow = new RecordingHandler("slow") { Before = (_, _) => stuck.Task };
        var quick = new RecordingHandler("quick");
        await using var cluster = await SubscriberCluster.StartAsync(1, DeliveryStage.Quick(slow), DeliveryStage.Quick(quick));

        for (var i = 1; i <= 200; i++)
        {
            await cluster.WriteAsync(i % 2, 1);
            if (i % 50 != 0) continue;
            await cluster.ReachesAsync("quick", i / 2, 0);
            await cluster.ReachesAsync("quick", i / 2, 1);
        }

        Assert.Empty(slow.Positions(0));
        stuck.SetResult();
        await cluster.ReachesAsync("slow", 100, 0);
        await cluster.ReachesAsync("slow", 100, 1);
        foreach (var handler in new[] { slow, quick })
        {
            Assert.Equal(Numbers(100), handler.Positions(0));
            Assert.Equal(Numbers(100), handler.Positions(1));
        }
    }

    [Fact]
    public async Task Events_reach_a_subscriber_on_another_silo()
    {
        RecordingHandler[] handlers = [.. Enumerable.Range(0, 8).Select(i => new RecordingHandler($"s{i}"))];
        await using var cluster = await SubscriberCluster.StartAsync(2, [.. handlers.Select(DeliveryStage.Quick)]);
        for (var i = 0; i < 20; i++) await cluster.WriteAsync(i % 2, 3);

        foreach (var handler in handlers)
        {
            await cluster.ReachesAsync(handler.Name, 30, 0);
            await cluster.ReachesAsync(handler.Name, 30, 1);
            Assert.Equal(Numbers(30), handler.Positions(0));
            Assert.Equal(Numbers(30), handler.Positions(1));
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Each_event_has_one_line_though_activations_end_at_any_position(int seed)
    {
        const int Events = 600, Ends = 50;
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        var ends = Enumerable.Range(0, Ends).Select(_ => random.NextInt64(1, Events)).ToHashSet();
        var subscriber = DeliveryStage.Quick(new JsonLinesHandler("audit", new JsonLinesOptions(folder.Path)));
        await using var cluster = await SubscriberCluster.StartAsync(1, subscriber);
        var ended = 0;
        cluster.Positions.BeforeAdvance = async step =>
        {
            if (step.Partition != 0 || ends.RemoveWhere(e => e > step.From && e <= step.To) == 0) return;
            ended++;
            await cluster.DeactivateAsync("audit", 0);

            // Half of them with the effect made and the position lost.
            if (step.To % 2 == 0) throw new StoreUnavailableException("Killed.");
        };

        for (var written = 0; written < Events; written += 3)
        {
            await cluster.WriteAsync(0, 3);
            await cluster.WriteAsync(1, 1);
        }

        while (await cluster.Positions.PositionAsync("audit", 0) < Events)
        {
            await cluster.Grain("audit", 0).NudgeAsync();
            await Task.Yield();
        }

        await cluster.ReachesAsync("audit", Events / 3, 1);
        Assert.Empty(ends);
        Assert.True(ended > 10, $"Only {ended} activations were ended.");
        Assert.Equal(Numbers(Events), Lines.Positions(folder.Path, 0));
        Assert.Equal(Numbers(Events / 3), Lines.Positions(folder.Path, 1));
    }

    [Fact]
    public async Task A_paused_subscriber_goes_on_by_a_nudge_though_nothing_is_written()
    {
        var handler = new RecordingHandler("audit");
        await using var cluster = await SubscriberCluster.StartAsync(1, DeliveryStage.Quick(handler));
        await cluster.WriteAsync(0, 5);
        await cluster.ReachesAsync("audit", 5, 0);
        await cluster.Positions.SetSubscriberStateAsync("audit", SubscriberState.Paused, CancellationToken.None);
        await cluster.Grain("audit", 0).NudgeAsync();
        Assert.Equal("There is no such dead letter.", await cluster.Grain("audit", 0).RedriveAsync(1));

        await cluster.WriteAsync(0, 5);
        await cluster.Grain("audit", 0).RedriveAsync(1);
        Assert.Equal(Numbers(5), handler.Positions(0));

        await cluster.Positions.SetSubscriberStateAsync("audit", SubscriberState.Running, CancellationToken.None);
        await cluster.Grain("audit", 0).NudgeAsync();
        await cluster.ReachesAsync("audit", 10, 0);
        Assert.Equal(Numbers(10), handler.Positions(0));
    }

    private static IEnumerable<long> Numbers(int last) => Enumerable.Range(1, last).Select(n => (long)n);
}
