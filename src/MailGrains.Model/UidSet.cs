using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Orleans;

namespace MailGrains.Model;

/// <summary>Disjoint, ascending, maximal ranges of UIDs (or sequence numbers): what a uid-set of RFC 9051 denotes once resolved.</summary>
[GenerateSerializer, Immutable]
public sealed partial class UidSet
{
    public static readonly UidSet Empty = new([]);

    [Id(0)]
    private readonly ImmutableArray<UidRange> _ranges;

    /// <summary>The caller vouches for order and disjointness; <see cref="FromRanges"/> establishes them.</summary>
    public UidSet(ImmutableArray<UidRange> ranges) => _ranges = ranges;

    public ImmutableArray<UidRange> Ranges => _ranges;

    public bool IsEmpty => _ranges.Length == 0;

    public long Count
    {
        get
        {
            long count = 0;
            foreach (var range in _ranges) count += (long)range.Last - range.First + 1;
            return count;
        }
    }

    /// <summary>Sorts and merges ranges that may overlap or touch; each has First ≤ Last.</summary>
    public static UidSet FromRanges(IEnumerable<(uint First, uint Last)> ranges)
    {
        var builder = new UidSetBuilder();
        foreach (var (first, last) in ranges.OrderBy(r => r.First)) builder.AddRange(first, last);
        return builder.Build();
    }

    public static UidSet FromAscending(IEnumerable<uint> uids)
    {
        var builder = new UidSetBuilder();
        foreach (var uid in uids) builder.Add(uid);
        return builder.Build();
    }

    public bool Contains(uint uid)
    {
        int low = 0, high = _ranges.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var range = _ranges[middle];
            if (uid < range.First) high = middle - 1;
            else if (uid > range.Last) low = middle + 1;
            else return true;
        }

        return false;
    }

    public IEnumerable<uint> Enumerate()
    {
        foreach (var range in _ranges)
        {
            for (ulong uid = range.First; uid <= range.Last; uid++) yield return (uint)uid;
        }
    }

    /// <summary>The uid-set notation, e.g. <c>1:3,7</c>; empty text for the empty set.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var range in _ranges)
        {
            if (text.Length > 0) text.Append(',');
            text.Append(range.First.ToString(CultureInfo.InvariantCulture));
            if (range.Last != range.First) text.Append(':').Append(range.Last.ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
