using System.Diagnostics.Metrics;
using MailGrains.Storage.Commit;
using MailGrains.Subscribers;
using MailGrains.Subscribers.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>Deliveries while the committer has all it can do, or nothing.</summary>
public sealed class MailFirstTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CommitterLoad _load;
    private readonly MailFirst _mail;
    private DeliveryStage _stage;

    public MailFirstTests()
    {
        _load = new CommitterLoad(_time);
        _mail = new MailFirst(_load, _time) { Processors = 2 };
        _stage = new DeliveryStage { MailFirst = _mail };
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

    [Theory]
    [InlineData(0, 8)]
    [InlineData(119, 8)]
    [InlineData(121, 4)]
    [InlineData(601, 2)]
    public void Together_they_keep_to_their_share_which_grows_with_the_age_of_what_they_handle(int age, int divisor)
    {
        // More than the processors, in partitions that work at the same time.
        const int Partitions = 4;
        Crowd(TimeSpan.FromSeconds(1));
        var took = TimeSpan.FromMilliseconds(20);
        var subscribers = Enumerable.Range(0, 4).Select(i => new Subscriber(new RecordingHandler($"h{i}"))).ToList();
        var ends = new PriorityQueue<Subscriber, DateTimeOffset>(
            subscribers.SelectMany(s => Enumerable.Repeat((s, _time.GetUtcNow() + took), Partitions)));
        var (began, worked) = (_time.GetUtcNow(), TimeSpan.Zero);
        while (_time.GetUtcNow() - began < TimeSpan.FromSeconds(60) && ends.TryDequeue(out var subscriber, out var end))
        {
            Crowd(end - _time.GetUtcNow());
            worked += took;
            var rest = _mail.RestAfter(subscriber, subscribers.Count, took, end.AddSeconds(-age));
            ends.Enqueue(subscriber, end + rest + took);
        }

        var share = worked / (_time.GetUtcNow() - began) / _mail.Processors;
        Assert.InRange(share, 0.95 / divisor, 1.05 / divisor);
    }

    [Fact]
    public void However_long_a_batch_took_the_rest_has_a_limit_and_hinders_no_other_subscriber()
    {
        Crowd(TimeSpan.FromSeconds(1));
        var slow = new Subscriber(new RecordingHandler("slow")) { LongestRest = TimeSpan.FromSeconds(7) };
        for (var i = 0; i < 3; i++) Assert.Equal(TimeSpan.FromSeconds(7), _mail.RestAfter(slow, 2, TimeSpan.FromHours(1), _time.GetUtcNow()));

        var quick = new Subscriber(new RecordingHandler("quick"));
        Assert.Equal(TimeSpan.FromMilliseconds(7), _mail.RestAfter(quick, 2, TimeSpan.FromMilliseconds(1), _time.GetUtcNow()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rest_ends_with_the_crowd_or_when_somebody_asks_for_something(bool crowdEnds)
    {
        await _stage.DisposeAsync();
        _stage = new DeliveryStage { MailFirst = _mail, Time = _time };
        await _stage.Log.WriteAsync(0, 20);
        var handler = new RecordingHandler("h")
        {
            Before = (_, _) =>
            {
                Crowd(TimeSpan.FromDays(100));
                return Task.CompletedTask;
            },
        };
        var delivery = _stage.Deliver(DeliveryStage.Quick(handler) with { LongestRest = TimeSpan.FromDays(1000) });
        await _stage.ReachesAsync("h", 10);

        // The second batch would begin in three hundred days.
        for (var i = 0; i < 100; i++) Crowd(TimeSpan.FromMilliseconds(250));
        Assert.Equal(10, await _stage.Positions.PositionAsync("h", 0));
        if (!crowdEnds) delivery.Wake();
        await Eventually.EqualAsync<long?>(20, () =>
        {
            if (crowdEnds) _time.Advance(TimeSpan.FromMilliseconds(250));
            return _stage.Positions.PositionAsync("h", 0);
        });
    }

    /// <summary>Time goes by in which the committer writes without a pause.</summary>
    private void Crowd(TimeSpan time)
    {
        _load.Wrote(time + TimeSpan.FromSeconds(1));
        _time.Advance(time);
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
