using System.Diagnostics.Metrics;

namespace MailGrains.Evidence.Signing;

/// <summary>What operators see of the signing. The meter's scope is the signer it belongs to.</summary>
internal sealed class EvidenceMetrics : IDisposable
{
    private readonly Meter _meter;

    /// <param name="age">Seconds since the last checkpoint; nothing before the first.</param>
    public EvidenceMetrics(object scope, Func<IEnumerable<Measurement<double>>> age)
    {
        _meter = new Meter(new MeterOptions("MailGrains.Evidence") { Scope = scope });
        _meter.CreateObservableGauge("mailgrains.evidence.problems", () => Problems, "{problem}", "What keeps the log from being signed.");
        _meter.CreateObservableGauge("mailgrains.evidence.checkpoint.age", age, "s", "Since the last checkpoint.");
    }

    public int Problems { get; set; }

    public void Dispose() => _meter.Dispose();
}
