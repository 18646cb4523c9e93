using MailGrains.Storage.Events;

namespace MailGrains.Subscribers.Delivery;

/// <summary>
/// The events a delivery has at hand: those that were offered, and what was read but not yet handled. What doesn't follow the position is
/// dropped and read from the log. Offers may come from any thread, the rest is the loop's.
/// </summary>
internal sealed class PendingEvents
{
    private static readonly EventRecord[] None = [];

    private IReadOnlyList<EventRecord>? _offered;
    private IReadOnlyList<EventRecord> _read = None;

    // Raised with each offer that may lie beyond what is at hand, taken down when the log has no more.
    private volatile bool _mayBeMore = true;

    public void Offer(IReadOnlyList<EventRecord> events)
    {
        // One at hand is enough: while the handler is busy the log keeps the rest.
        if (Interlocked.CompareExchange(ref _offered, events, null) is not null) _mayBeMore = true;
    }

    public void ExpectMore() => _mayBeMore = true;

    /// <summary>Puts events that were taken in front again.</summary>
    public void GiveBack(IReadOnlyList<EventRecord> events) => _read = [.. events, .. _read];

    /// <summary>Up to <paramref name="limit"/> events that follow <paramref name="position"/>; empty: there are none.</summary>
    public async Task<IReadOnlyList<EventRecord>> TakeAsync(
        long position, int limit, Func<long, CancellationToken, Task<IReadOnlyList<EventRecord>>> read, CancellationToken stop)
    {
        _read = Following(_read, position);
        if (_read.Count == 0 && Interlocked.Exchange(ref _offered, null) is { } offered)
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

    /// <summary>The part of gapless events that follows a position at once; empty when the next one is not among them.</summary>
    private static IReadOnlyList<EventRecord> Following(IReadOnlyList<EventRecord> events, long position)
    {
        if (events.Count == 0 || events[0].Position == position + 1) return events;
        return events[0].Position > position || events[^1].Position <= position ? None : [.. events.SkipWhile(e => e.Position <= position)];
    }
}
