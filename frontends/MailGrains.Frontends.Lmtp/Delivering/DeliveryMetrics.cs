using System.Diagnostics.Metrics;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>Figures of the meter <c>MailGrains.Lmtp</c>: deliveries per recipient, by result, and how long the mailbox took.</summary>
internal static class DeliveryMetrics
{
    private static readonly Meter s_meter = new("MailGrains.Lmtp");

    // The boundaries that exporters take without advice are made for milliseconds.
    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram(
        "mailgrains.lmtp.delivery.duration", "s", "From the end of data to the mailbox's answer.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30] });

    private static readonly Counter<long> s_octets = s_meter.CreateCounter<long>(
        "mailgrains.lmtp.delivered.size", "By", "Octets of messages stored.");

    private static readonly Counter<long> s_retried = s_meter.CreateCounter<long>(
        "mailgrains.lmtp.calls.retried", "{call}", "Deliveries handed to a mailbox again because it had moved.");

    public static void Retried() => s_retried.Add(1);

    /// <param name="result"><c>stored</c>, <c>duplicate</c>, <c>refused</c> or <c>deferred</c>.</param>
    public static void Record(string result, double seconds, int octets)
    {
        // Told from the start: to an alert, a series that appears with its first increment never increased.
        s_retried.Add(0);
        s_duration.Record(seconds, new KeyValuePair<string, object?>("result", result));
        if (result == "stored")
            s_octets.Add(octets);
    }
}
