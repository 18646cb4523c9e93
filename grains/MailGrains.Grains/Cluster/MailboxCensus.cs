using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MailGrains.Grains.Mailboxes;

namespace MailGrains.Grains.Cluster;

/// <summary>The mailboxes open on this silo. The meter's scope is the silo's census.</summary>
internal sealed class MailboxCensus : IDisposable
{
    private readonly ConcurrentDictionary<MailboxGrain, IGrainContext> _open = new(ReferenceEqualityComparer.Instance);
    private readonly Meter _meter;

    public MailboxCensus()
    {
        _meter = new Meter(new MeterOptions("MailGrains.Mailboxes") { Scope = this });
        _meter.CreateObservableUpDownCounter("mailgrains.mailboxes.open", () => Mailboxes, "{mailbox}", "Mailboxes open on this silo.");
        _meter.CreateObservableUpDownCounter(
            "mailgrains.mailboxes.sessions", () => Sessions, "{session}", "Client sessions of the mailboxes open on this silo.");
    }

    public int Mailboxes => _open.Count;

    public int Sessions => _open.Sum(mailbox => mailbox.Key.SessionCount);

    public void Add(MailboxGrain mailbox, IGrainContext context) => _open[mailbox] = context;

    public void Remove(MailboxGrain mailbox) => _open.TryRemove(mailbox, out _);

    public IReadOnlyCollection<IGrainContext> Activations() => [.. _open.Select(mailbox => mailbox.Value)];

    public IReadOnlyCollection<GrainId> WithSessions() => [.. _open.Where(mailbox => mailbox.Key.SessionCount > 0).Select(mailbox => mailbox.Value.GrainId)];

    public void Dispose() => _meter.Dispose();
}
