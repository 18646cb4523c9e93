using System.Collections.Immutable;

namespace MailGrains.Storage.Packs;

/// <summary>
/// The stretches of the pack sequence whose records a failure took. Grows by one for every outage, not for every failed flush:
/// neighbours are one range.
/// </summary>
internal sealed class LostRanges
{
    private ImmutableArray<(PackPosition From, PackPosition To)> _ranges = [];

    /// <summary>One writer at a time.</summary>
    public void Add(PackPosition from, PackPosition to)
    {
        if (_ranges.Length > 0 && _ranges[^1].To >= from) _ranges = _ranges.SetItem(_ranges.Length - 1, (_ranges[^1].From, to));
        else _ranges = _ranges.Add((from, to));
    }

    public bool Contains(PackPosition position)
    {
        foreach (var (from, to) in _ranges)
        {
            if (position >= from && position < to) return true;
        }

        return false;
    }
}
