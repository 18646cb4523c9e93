using System.Collections.Immutable;
using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Grains.Mailboxes.State;

/// <summary>Set algebra on ranges; linear in the number of ranges, whatever they span.</summary>
internal static class UidSets
{
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
        if (b.IsEmpty) return a;
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

    public static UidSet Between(uint first, uint last) => first > last ? UidSet.Empty : new UidSet([new UidRange(first, last)]);

    /// <summary>The UIDs of entries given in ascending order.</summary>
    public static UidSet Of(ImmutableArray<MessageSlice> slices)
    {
        var result = new UidSetBuilder();
        foreach (var slice in slices)
        {
            var uids = slice.Page.Uids.AsSpan(slice.Start, slice.Count);
            if (uids[^1] - uids[0] == uids.Length - 1) result.AddRange(uids[0], uids[^1]);
            else foreach (var uid in uids) result.Add(uid);
        }

        return result.Build();
    }

    /// <summary>The entries with a MODSEQ above <paramref name="modSeq"/>.</summary>
    public static ImmutableArray<MessageSlice> ChangedSince(ImmutableArray<MessageSlice> slices, long modSeq)
    {
        var changed = ImmutableArray.CreateBuilder<MessageSlice>();
        foreach (var slice in slices)
        {
            var end = slice.Start + slice.Count;
            for (var i = slice.Start; i < end; i++)
            {
                if (slice.Page.ModSeqs[i] <= modSeq) continue;
                var start = i;
                while (i < end && slice.Page.ModSeqs[i] > modSeq) i++;
                changed.Add(new MessageSlice(slice.Page, start, i - start, slice.FirstSequence + (uint)(start - slice.Start)));
            }
        }

        return changed.DrainToImmutable();
    }
}
