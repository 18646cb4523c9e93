using System.Diagnostics.Metrics;

namespace MailGrains.Storage.Relational;

/// <summary>Counts what a store asks of its database server. The meter's scope is the store it belongs to.</summary>
public sealed class StorageMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _roundTrips;

    public StorageMetrics(object scope)
    {
        _meter = new Meter(new MeterOptions("MailGrains.Storage") { Scope = scope });
        _roundTrips = _meter.CreateCounter<long>(
            "mailgrains.storage.roundtrips", "{roundtrip}", "Requests to the database server that were waited for.");
    }

    /// <param name="operation">What it was for, e.g. <c>commit</c>; a fixed set of names.</param>
    public void RoundTrip(string operation) => _roundTrips.Add(1, new KeyValuePair<string, object?>("operation", operation));

    public void Dispose() => _meter.Dispose();
}
