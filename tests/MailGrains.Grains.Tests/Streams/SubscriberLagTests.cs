using System.Diagnostics.Metrics;
using MailGrains.Storage.Subscribers;
using MailGrains.Subscribers;
using Microsoft.Extensions.Time.Testing;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>How far behind a subscriber is, as alerts see it: a process that has begun to serve it and has handled nothing yet tells it too.</summary>
public sealed class SubscriberLagTests : IAsyncDisposable
{
    private readonly DeliveryStage _stage = new(new FakeTimeProvider(TestLog.TimeOf(10)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_age_of_what_waits_is_told_though_nothing_was_handled_here(bool isPaused)
    {
        await _stage.Log.WriteAsync(0, 5);
        await _stage.Positions.StartSubscriberAsync("audit", 0, 3, Cancellation);
        if (isPaused) await _stage.Positions.SetSubscriberStateAsync("audit", SubscriberState.Paused, Cancellation);
        var handler = new RecordingHandler("audit") { FailureOf = _ => new HandlerUnavailableException("Away.") };
        _stage.Deliver(DeliveryStage.Quick(handler));
        await Eventually.EqualAsync(SecondsSince(4), () => Task.FromResult(Read("mailgrains.subscriber.lag.time")));
        Assert.Equal(2.0, Read("mailgrains.subscriber.lag"));
    }

    [Fact]
    public async Task One_that_can_not_start_is_behind_all_there_is()
    {
        await _stage.Log.WriteAsync(0, 8);
        Assert.True(await _stage.Log.CutAsync(0, 4));
        _stage.Deliver(DeliveryStage.Quick(new RecordingHandler("audit")));
        await Eventually.EqualAsync(SecondsSince(5), () => Task.FromResult(Read("mailgrains.subscriber.lag.time")));
        Assert.Equal(8.0, Read("mailgrains.subscriber.lag"));
    }

    [Fact]
    public async Task Nothing_that_waits_is_no_lag()
    {
        await _stage.Log.WriteAsync(0, 5);
        _stage.Deliver(DeliveryStage.Quick(new RecordingHandler("audit")));
        await _stage.ReachesAsync("audit", 5);
        await Eventually.EqualAsync<double?>(0, () => Task.FromResult(Read("mailgrains.subscriber.lag.time")));
    }

    private static double? SecondsSince(long sequence) => (TestLog.TimeOf(10) - TestLog.TimeOf(sequence)).TotalSeconds;

    /// <summary>The only series of a gauge; null: there is none.</summary>
    private double? Read(string name)
    {
        double? found = null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, asking) =>
        {
            if (instrument.Meter == _stage.Metrics.Meter && instrument.Name == name) asking.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => found = value);
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => found = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }
}
