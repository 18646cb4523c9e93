using System.Diagnostics.Metrics;

namespace MailGrains.Storage.Commit;

/// <summary>
/// What operators see of the committer. The meter's scope is the committer it belongs to. Counters of what should never happen are told from the
/// start: to an alert, a series that appears with its first increment never increased.
/// </summary>
internal sealed class CommitterMetrics : IDisposable
{
    // The boundaries that exporters take without advice are made for milliseconds.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
    };

    private static readonly InstrumentAdvice<int> Commits = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] };

    private readonly Meter _meter;
    private readonly Histogram<int> _groupSize;
    private readonly Histogram<double> _groupDuration;
    private long _fenced;
    private long _failed;
    private long _events;
    private long _eventOctets;
    private long _bodyOctets;

    public CommitterMetrics(object scope, Func<int> queued)
    {
        _meter = new Meter(new MeterOptions("MailGrains.Storage") { Scope = scope });
        _groupSize = _meter.CreateHistogram("mailgrains.commit.group.size", "{commit}", "Commits in one group.", advice: Commits);
        _groupDuration = _meter.CreateHistogram(
            "mailgrains.commit.group.duration", "s", "From taking a group to its being durable or failed.", advice: Seconds);
        _meter.CreateObservableCounter(
            "mailgrains.commit.fenced", () => Interlocked.Read(ref _fenced), "{commit}", "Commits refused because the mailbox has a new owner.");
        _meter.CreateObservableCounter("mailgrains.commit.failed", () => Interlocked.Read(ref _failed), "{commit}", "Commits that could not be made durable.");
        _meter.CreateObservableCounter("mailgrains.events.appended", () => Interlocked.Read(ref _events), "{event}", "Events made durable in the log.");
        _meter.CreateObservableCounter("mailgrains.events.size", () => Interlocked.Read(ref _eventOctets), "By", "Octets of these events.");
        _meter.CreateObservableCounter(
            "mailgrains.bodies.size", () => Interlocked.Read(ref _bodyOctets), "By", "Octets of new messages' bodies, before compression.");
        _meter.CreateObservableGauge("mailgrains.commit.queue.length", queued, "{commit}", "Commits waiting for a group.");
    }

    public void Group(int commits, TimeSpan took)
    {
        _groupSize.Record(commits);
        _groupDuration.Record(took.TotalSeconds);
    }

    public void Durable(MailboxCommit commit)
    {
        long events = 0, bodies = 0;
        for (var i = 0; i < commit.Events.Count; i++) events += commit.Events[i].Payload.Length;
        for (var i = 0; i < commit.Emails.Count; i++) bodies += commit.Emails[i].Body.Length;
        Interlocked.Add(ref _events, commit.Events.Count);
        Interlocked.Add(ref _eventOctets, events);
        if (bodies > 0) Interlocked.Add(ref _bodyOctets, bodies);
    }

    public void Fenced() => Interlocked.Increment(ref _fenced);

    public void Failed() => Interlocked.Increment(ref _failed);

    public void Dispose() => _meter.Dispose();
}
