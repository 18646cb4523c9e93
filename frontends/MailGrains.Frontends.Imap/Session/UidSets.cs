using System.Collections.Immutable;
using MailGrains.Model;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>Set arithmetic on ascending ranges, linear in their number.</summary>
internal static class UidSets
{
    public static UidSet Union(UidSet a, UidSet b)
    {
        if (a.IsEmpty) return b;
        return b.IsEmpty ? a : UidSet.FromRanges(a.Ranges.Concat(b.Ranges).Select(r => (r.First, r.Last)));
    }

    /// <summary>What is in <paramref name="a"/> and not in <paramref name="b"/>.</summary>
    public static UidSet Except(UidSet a, UidSet b)
    {
        if (a.IsEmpty || b.IsEmpty) return a;
        var kept = ImmutableArray.CreateBuilder<UidRange>();
        var next = 0;
        foreach (var range in a.Ranges)
        {
            ulong first = range.First;
            while (next < b.Ranges.Length && b.Ranges[next].Last < first) next++;
            for (var i = next; i < b.Ranges.Length && b.Ranges[i].First <= range.Last; i++)
            {
                if (b.Ranges[i].First > first) kept.Add(new UidRange((uint)first, b.Ranges[i].First - 1));
                first = Math.Max(first, (ulong)b.Ranges[i].Last + 1);
            }

            if (first <= range.Last) kept.Add(new UidRange((uint)first, range.Last));
        }

        return new UidSet(kept.ToImmutable());
    }
}
