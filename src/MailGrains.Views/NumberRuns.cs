using System.Globalization;
using MailGrains.Model;

namespace MailGrains.Views;

/// <summary>The lists of numbers in payloads, such as <c>1:5,7</c>: in the order they are written, rising runs as first:last.</summary>
internal static class NumberRuns
{
    /// <summary>The runs; what is no run is left out.</summary>
    public static IEnumerable<(long First, long Last)> Parse(string? text)
    {
        foreach (var run in (text ?? "").Split(','))
        {
            var colon = run.IndexOf(':', StringComparison.Ordinal);
            if (Number(colon < 0 ? run : run[..colon]) is { } first && Number(colon < 0 ? run : run[(colon + 1)..]) is { } last && first <= last)
                yield return (first, last);
        }
    }

    public static IEnumerable<long> Numbers(string? text)
    {
        foreach (var (first, last) in Parse(text))
            for (var number = first; number <= last; number++)
                yield return number;
    }

    public static long Count(string? text) => Parse(text).Sum(r => r.Last - r.First + 1);

    /// <summary>How many numbers stand before this one; null: it is not in the list.</summary>
    public static long? IndexOf(string? text, long number)
    {
        var before = 0L;
        foreach (var (first, last) in Parse(text))
        {
            if (number >= first && number <= last) return before + number - first;
            before += last - first + 1;
        }

        return null;
    }

    /// <summary>The number before which so many stand; null: there are not so many.</summary>
    public static long? At(string? text, long index)
    {
        foreach (var (first, last) in Parse(text))
        {
            if (index <= last - first) return first + index;
            index -= last - first + 1;
        }

        return null;
    }

    /// <summary>All sets together as one; null: there are none.</summary>
    public static string? Union(IEnumerable<string?> sets)
    {
        var ranges = sets.SelectMany(Parse).Where(r => r.Last <= uint.MaxValue).Select(r => ((uint)r.First, (uint)r.Last));
        var union = UidSet.FromRanges(ranges);
        return union.IsEmpty ? null : union.ToString();
    }

    public static long? Number(string text) =>
        text.Length <= 18 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
