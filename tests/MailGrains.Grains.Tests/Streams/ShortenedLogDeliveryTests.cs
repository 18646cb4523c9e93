using MailGrains.Subscribers;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>Subscribers of a log whose beginning is removed.</summary>
public sealed class ShortenedLogDeliveryTests : IAsyncDisposable
{
    private readonly DeliveryStage _stage = new();
    private readonly RecordingHandler _handler = new("audit");

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData("beginning")]
    [InlineData("2026-03-01T12:03:00Z")]
    public async Task One_that_comes_too_late_for_what_it_is_to_have_does_not_start(string start)
    {
        await _stage.Log.WriteAsync(0, 10);
        Assert.True(await _stage.Log.CutAsync(0, 4));
        var late = _stage.Deliver(DeliveryStage.Quick(_handler) with { Start = StartPolicy.Parse(start) });
        var other = new RecordingHandler("other");
        _stage.Deliver(DeliveryStage.Quick(other));
        _stage.Deliver(DeliveryStage.Quick(new RecordingHandler("kept")) with { Start = StartPolicy.Kept });
        await _stage.ReachesAsync("kept", 10);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late.ConfirmAsync(0, new CancellationToken(canceled: true)));
        Assert.Null(await _stage.Positions.PositionAsync("audit", 0));
        Assert.Empty(_handler.Positions(0));
        await Eventually.EqualAsync(true, () => Task.FromResult(late.Progress.Trouble?.Contains("give Start=kept", StringComparison.Ordinal) == true));
    }

    /// <summary>It would have some mailboxes and look as if it had all.</summary>
    [Theory]
    [InlineData("beginning")]
    [InlineData("2026-03-01T12:03:00Z")]
    public async Task Nor_does_it_start_where_nothing_is_removed_while_it_can_not_elsewhere(string start)
    {
        await _stage.Log.WriteAsync(0, 10);
        await _stage.Log.WriteAsync(1, 10);
        Assert.True(await _stage.Log.CutAsync(0, 4));
        var late = _stage.Deliver(DeliveryStage.Quick(_handler) with { Start = StartPolicy.Parse(start) }, partition: 1);
        await Eventually.EqualAsync(
            true, () => Task.FromResult(late.Progress.Trouble?.Contains("partition 0 begins with position 5", StringComparison.Ordinal) == true));
        Assert.Null(await _stage.Positions.PositionAsync("audit", 1));
        Assert.Empty(_handler.Positions(1));
    }

    [Fact]
    public async Task What_is_removed_where_it_has_started_keeps_it_from_nothing()
    {
        await _stage.Log.WriteAsync(0, 10);
        await _stage.Log.WriteAsync(1, 10);
        await _stage.Positions.StartSubscriberAsync("audit", 0, 4, TestContext.Current.CancellationToken);
        Assert.True(await _stage.Log.CutAsync(0, 4));
        _stage.Deliver(DeliveryStage.Quick(_handler), partition: 1);
        await _stage.ReachesAsync("audit", 10, partition: 1);
        Assert.Equal(Numbers(1, 10), _handler.Positions(1));
    }

    [Theory]
    [InlineData("kept", 5)]
    [InlineData("2026-03-01T12:07:00Z", 7)]
    public async Task Of_a_shortened_log_one_has_what_is_kept_when_that_is_what_was_asked_for(string start, int first)
    {
        await _stage.Log.WriteAsync(0, 10);
        Assert.True(await _stage.Log.CutAsync(0, 4));
        _stage.Deliver(DeliveryStage.Quick(_handler) with { Start = StartPolicy.Parse(start) });
        await _stage.ReachesAsync("audit", 10);
        Assert.Equal(Numbers(first, 10), _handler.Positions(0));
    }

    [Fact]
    public async Task One_that_is_behind_the_beginning_passes_over_nothing_by_itself()
    {
        await _stage.Log.WriteAsync(0, 10);
        Assert.True(await _stage.Log.CutAsync(0, 4));
        await _stage.Positions.StartSubscriberAsync("audit", 0, 2, TestContext.Current.CancellationToken);
        var delivery = _stage.Deliver(DeliveryStage.Quick(_handler));
        await delivery.ConfirmAsync(0, TestContext.Current.CancellationToken);
        delivery.Offer(await _stage.Log.ReadAsync(0, after: 4));
        await Eventually.EqualAsync(true, async () =>
        {
            await Task.Yield();
            return _stage.Counted.Read > 6;
        });
        Assert.Empty(_handler.Positions(0));

        await _stage.Positions.MoveSubscriberAsync("audit", 0, 4, TestContext.Current.CancellationToken);
        delivery.Wake();
        await _stage.ReachesAsync("audit", 10);
        Assert.Equal(Numbers(5, 10), _handler.Positions(0));
    }

    private static IEnumerable<long> Numbers(long first, long last) => Enumerable.Range((int)first, (int)(last - first + 1)).Select(n => (long)n);
}
