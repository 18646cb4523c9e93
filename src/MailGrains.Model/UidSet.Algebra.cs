namespace MailGrains.Model;

/// <content>Set algebra on ranges: linear in the number of ranges, whatever they span.</content>
public sealed partial class UidSet
{
    public static UidSet Between(uint first, uint last) => first > last ? Empty : new UidSet([new UidRange(first, last)]);

    public static UidSet Union(UidSet a, UidSet b)
    {
        if (a.IsEmpty) return b;
        if (b.IsEmpty) return a;
        var result = new UidSetBuilder();
        int i = 0, j = 0;
        while (i < a.Ranges.Length || j < b.Ranges.Length)
        {
            var takeA = j == b.Ranges.Length || (i < a.Ranges.Length && a.Ranges[i].First <= b.Ranges[j].First);
            var range = takeA ? a.Ranges[i++] : b.Ranges[j++];
            result.AddRange(range.First, range.Last);
        }

        return result.Build();
    }

    public static UidSet Intersect(UidSet a, UidSet b)
    {
        var result = new UidSetBuilder();
        int i = 0, j = 0;
        while (i < a.Ranges.Length && j < b.Ranges.Length)
        {
            var (x, y) = (a.Ranges[i], b.Ranges[j]);
            var first = Math.Max(x.First, y.First);
            var last = Math.Min(x.Last, y.Last);
            if (first <= last) result.AddRange(first, last);
            if (x.Last < y.Last) i++;
            else j++;
        }

        return result.Build();
    }

    /// <summary>What of <paramref name="a"/> is not in <paramref name="b"/>.</summary>
    public static UidSet Except(UidSet a, UidSet b)
    {
        if (a.IsEmpty || b.IsEmpty) return a;
        var result = new UidSetBuilder();
        var j = 0;
        foreach (var range in a.Ranges)
        {
            ulong first = range.First;
            while (j < b.Ranges.Length && b.Ranges[j].Last < first) j++;
            for (var k = j; k < b.Ranges.Length && b.Ranges[k].First <= range.Last; k++)
            {
                if (b.Ranges[k].First > first) result.AddRange((uint)first, b.Ranges[k].First - 1);
                first = (ulong)b.Ranges[k].Last + 1;
            }

            if (first <= range.Last) result.AddRange((uint)first, range.Last);
        }

        return result.Build();
    }
}
