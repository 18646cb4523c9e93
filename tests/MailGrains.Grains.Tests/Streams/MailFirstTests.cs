using System.Diagnostics.Metrics;
using MailGrains.Storage.Commit;
using MailGrains.Subscribers;
using Microsoft.Extensions.Time.Testing;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>Deliveries while the committer has all it can do, or nothing.</summary>
public sealed class MailFirstTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CommitterLoad _load;
    private readonly DeliveryStage _stage;

    public MailFirstTests()
    {
        _load = new CommitterLoad(_time);
        _stage = new DeliveryStage { Load = _load };
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task They_rest_while_it_is_busy_and_come_to_the_end_all_the_same(bool busy)
    {
        // The share of the window that has ended stands: this clock doesn't move on.
        if (busy) _load.Wrote(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(busy, _load.IsBusy);
        using var rested = new RestedTime(_stage);
        await _stage.Log.WriteAsync(0, 50);
        var handlers = Enumerable.Range(0, Environment.ProcessorCount).Select(i => new RecordingHandler($"h{i}")).ToList();
        handlers.ForEach(handler => _stage.Deliver(DeliveryStage.Quick(handler)));

        foreach (var handler in handlers)
        {
            await _stage.ReachesAsync(handler.Name, 50);
            Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), handler.Positions(0));
        }

        Assert.Equal(busy, rested.Seconds > 0);
    }

    private sealed class RestedTime : IDisposable
    {
        private readonly MeterListener _listener = new();
        private double _seconds;

        public RestedTime(object scope)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == scope && instrument.Name == "mailgrains.subscriber.rested") listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<double>((_, value, _, _) => Add(value));
            _listener.Start();
        }

        public double Seconds => Volatile.Read(ref _seconds);

        public void Dispose() => _listener.Dispose();

        private void Add(double value)
        {
            lock (_listener) _seconds += value;
        }
    }
}
