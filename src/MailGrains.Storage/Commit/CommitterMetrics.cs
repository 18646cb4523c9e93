using System.Diagnostics.Metrics;

namespace MailGrains.Storage.Commit;

/// <summary>What operators see of the committer. The meter's scope is the committer it belongs to.</summary>
internal sealed class CommitterMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Histogram<int> _groupSize;
    private readonly Histogram<double> _groupDuration;
    private readonly Counter<long> _fenced;
    private readonly Counter<long> _failed;

    public CommitterMetrics(object scope, Func<int> queued)
    {
        _meter = new Meter(new MeterOptions("MailGrains.Storage") { Scope = scope });
        _groupSize = _meter.CreateHistogram<int>("mailgrains.commit.group.size", "{commit}", "Commits in one group.");
        _groupDuration = _meter.CreateHistogram<double>(
            "mailgrains.commit.group.duration", "s", "From taking a group to its being durable or failed.");
        _fenced = _meter.CreateCounter<long>("mailgrains.commit.fenced", "{commit}", "Commits refused because the mailbox has a new owner.");
        _failed = _meter.CreateCounter<long>("mailgrains.commit.failed", "{commit}", "Commits that could not be made durable.");
        _meter.CreateObservableGauge("mailgrains.commit.queue.length", queued, "{commit}", "Commits waiting for a group.");
    }

    public void Group(int commits, TimeSpan took)
    {
        _groupSize.Record(commits);
        _groupDuration.Record(took.TotalSeconds);
    }

    public void Fenced() => _fenced.Add(1);

    public void Failed() => _failed.Add(1);

    public void Dispose() => _meter.Dispose();
}
