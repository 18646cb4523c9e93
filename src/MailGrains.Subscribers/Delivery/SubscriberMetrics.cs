using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MailGrains.Subscribers.Delivery;

/// <summary>What operators see of the subscribers that are served here.</summary>
public sealed class SubscriberMetrics : IDisposable
{
    private readonly ConcurrentDictionary<SubscriberDelivery, byte> _deliveries = [];
    private readonly Counter<long> _handled;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _dead;
    private readonly Counter<double> _rested;
    private readonly Histogram<double> _waited;
    private readonly Func<int, long> _head;
    private readonly TimeProvider _time;

    /// <param name="scope">Whose meter it is.</param>
    /// <param name="head">The last position known of a partition of the log.</param>
    public SubscriberMetrics(object scope, Func<int, long> head, TimeProvider time)
    {
        _head = head;
        _time = time;
        Meter = new Meter(new MeterOptions("MailGrains.Subscribers") { Scope = scope });
        Meter.CreateObservableGauge(
            "mailgrains.subscriber.position", () => Read(d => d.Position), "{event}", "The last position whose effect is durable.");
        Meter.CreateObservableGauge("mailgrains.subscriber.lag", () => Read(Behind), "{event}", "Events in the log that are not handled yet.");
        Meter.CreateObservableGauge("mailgrains.subscriber.lag.time", () => Read(Age), "s", "Age of the first event that is not handled yet.");
        _handled = Meter.CreateCounter<long>("mailgrains.subscriber.handled", "{event}", "Events whose effect is durable.");
        _failures = Meter.CreateCounter<long>("mailgrains.subscriber.failures", "{failure}", "Attempts that failed.");
        _dead = Meter.CreateCounter<long>("mailgrains.subscriber.dead_letters", "{event}", "Events that were passed over.");
        _rested = Meter.CreateCounter<double>("mailgrains.subscriber.rested", "s", "Time in which deliveries made way for incoming mail.");
        _waited = Meter.CreateHistogram<double>(
            "mailgrains.subscriber.waited", "s", "Time for which answers to changes were held back by a blocking subscriber, by what was answered.");
    }

    /// <summary>What they are told by.</summary>
    public Meter Meter { get; }

    /// <summary>How many subscribers are served here.</summary>
    public int Subscribers => _deliveries.Keys.Select(d => d.Subscriber).Distinct(StringComparer.Ordinal).Count();

    public void Dispose() => Meter.Dispose();

    /// <summary>An answer was held back.</summary>
    /// <param name="outcome"><c>handled</c>, <c>accepted</c> or <c>refused</c>.</param>
    public void Waited(string subscriber, string outcome, TimeSpan time) =>
        _waited.Record(time.TotalSeconds, Tag(subscriber), new KeyValuePair<string, object?>("outcome", outcome));

    internal void Add(SubscriberDelivery delivery)
    {
        _deliveries.TryAdd(delivery, 0);

        // Told from the start: to an alert, a series that appears with its first increment never increased.
        _failures.Add(0, Tag(delivery.Subscriber));
        _dead.Add(0, Tag(delivery.Subscriber));
        _rested.Add(0, Tag(delivery.Subscriber));
    }

    internal void Remove(SubscriberDelivery delivery) => _deliveries.TryRemove(delivery, out _);

    internal void Handled(string subscriber, int events) => _handled.Add(events, Tag(subscriber));

    internal void Failed(string subscriber) => _failures.Add(1, Tag(subscriber));

    internal void Rested(string subscriber, TimeSpan time) => _rested.Add(time.TotalSeconds, Tag(subscriber));

    internal void Died(string subscriber) => _dead.Add(1, Tag(subscriber));

    private static KeyValuePair<string, object?> Tag(string subscriber) => new("subscriber", subscriber);

    /// <summary>One that can't start has handled nothing: to be missed is no reason to be missing.</summary>
    private long? Behind(SubscriberDelivery delivery) =>
        (delivery.Position ?? (delivery.IsUnstarted ? 0 : (long?)null)) is { } position ? Math.Max(0, _head(delivery.Partition) - position) : null;

    private double? Age(SubscriberDelivery delivery) => Behind(delivery) switch
    {
        null => null,
        0 => 0,
        _ => delivery.Progress.BehindSince is { } at ? Math.Max(0, (_time.GetUtcNow() - at).TotalSeconds) : null,
    };

    private IEnumerable<Measurement<T>> Read<T>(Func<SubscriberDelivery, T?> value)
        where T : struct
    {
        foreach (var delivery in _deliveries.Keys)
            if (value(delivery) is { } read) yield return new Measurement<T>(read, Tag(delivery.Subscriber), new("partition", delivery.Partition));
    }
}
