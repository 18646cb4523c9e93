using System.Globalization;

namespace MailGrains.Verify.Bodies;

/// <summary>A set of UIDs as events write it, <c>1:3,7</c>: uid-set = uid-range *("," uid-range); uid-range = number [":" number].</summary>
internal sealed class UidRanges
{
    private readonly List<(uint First, uint Last)> _ranges = [];

    /// <summary>How many UIDs there are.</summary>
    public long Count => _ranges.Sum(r => (long)r.Last - r.First + 1);

    /// <exception cref="FormatException">It is no such set.</exception>
    public static UidRanges Parse(string text)
    {
        var set = new UidRanges();
        foreach (var range in text.Split(','))
        {
            var colon = range.IndexOf(':', StringComparison.Ordinal);
            var first = Number(colon < 0 ? range : range[..colon]);
            var last = colon < 0 ? first : Number(range[(colon + 1)..]);
            if (last < first) throw new FormatException("A range of UIDs ends before it begins.");
            set._ranges.Add((first, last));
        }

        return set;
    }

    public IEnumerable<uint> All()
    {
        foreach (var (first, last) in _ranges)
            for (long uid = first; uid <= last; uid++) yield return (uint)uid;
    }

    /// <summary>The place of a UID in the set, from 0; null: it is not in it.</summary>
    public long? IndexOf(uint uid)
    {
        var passed = 0L;
        foreach (var (first, last) in _ranges)
        {
            if (uid >= first && uid <= last) return passed + (uid - first);
            passed += (long)last - first + 1;
        }

        return null;
    }

    /// <summary>The UID at a place.</summary>
    /// <exception cref="FormatException">The set is smaller.</exception>
    public uint At(long index)
    {
        foreach (var (first, last) in _ranges)
        {
            var length = (long)last - first + 1;
            if (index < length) return first + (uint)index;
            index -= length;
        }

        throw new FormatException("Two sets of UIDs are not of one size.");
    }

    private static uint Number(string text) => uint.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
