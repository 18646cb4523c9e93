using MailGrains.Storage.Events;

namespace MailGrains.Subscribers.Delivery;

/// <summary>
/// The events a delivery has at hand: those that were offered, and what was read but not yet handled. What doesn't follow the position is
/// dropped and read from the log. Offers may come from any thread, the rest is the loop's.
/// </summary>
internal sealed class PendingEvents
{
    /// <summary>Offers that follow each other are kept up to so many events; the log has the rest.</summary>
    private const int MostOffered = 1000;

    private static readonly EventRecord[] None = [];

    private readonly Lock _offers = new();
    private List<EventRecord> _offered = [];
    private IReadOnlyList<EventRecord> _read = None;

    // Raised with each offer that may lie beyond what is at hand, taken down when the log has no more.
    private volatile bool _mayBeMore = true;

    public void Offer(IReadOnlyList<EventRecord> events)
    {
        lock (_offers)
        {
            // Together, and not the first alone: what is dropped has to be read once more, by each subscriber.
            var follows = _offered.Count == 0 || (_offered[^1].Position + 1 == events[0].Position && _offered.Count + events.Count <= MostOffered);
            if (follows) _offered.AddRange(events);
            else _mayBeMore = true;
        }
    }

    public void ExpectMore() => _mayBeMore = true;

    /// <summary>Puts events that were taken in front again.</summary>
    public void GiveBack(IReadOnlyList<EventRecord> events) => _read = [.. events, .. _read];

    /// <summary>Up to <paramref name="limit"/> events that follow <paramref name="position"/>; empty: there are none.</summary>
    public async Task<IReadOnlyList<EventRecord>> TakeAsync(
        long position, int limit, Func<long, CancellationToken, Task<IReadOnlyList<EventRecord>>> read, CancellationToken stop)
    {
        _read = Following(_read, position);
        if (_read.Count == 0 && TakeOffered() is { Count: > 0 } offered)
        {
            _read = Following(offered, position);
            if (_read.Count == 0 && offered[^1].Position > position) _mayBeMore = true;
        }

        if (_read.Count == 0 && _mayBeMore)
        {
            // Taken down first: what is offered during the read counts.
            _mayBeMore = false;
            _read = await read(position, stop);
            if (_read.Count > 0) _mayBeMore = true;
        }

        IReadOnlyList<EventRecord> taken = _read.Count <= limit ? _read : [.. _read.Take(limit)];
        _read = taken.Count == _read.Count ? None : [.. _read.Skip(limit)];
        return taken;
    }

    private List<EventRecord> TakeOffered()
    {
        lock (_offers)
        {
            if (_offered.Count == 0) return _offered;
            var taken = _offered;
            _offered = [];
            return taken;
        }
    }

    /// <summary>The part of gapless events that follows a position at once; empty when the next one is not among them.</summary>
    private static IReadOnlyList<EventRecord> Following(IReadOnlyList<EventRecord> events, long position)
    {
        if (events.Count == 0 || events[0].Position == position + 1) return events;
        return events[0].Position > position || events[^1].Position <= position ? None : [.. events.SkipWhile(e => e.Position <= position)];
    }
}
