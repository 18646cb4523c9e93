using System.Collections.Immutable;
using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Grains.Mailboxes.State;

/// <summary>What sets have to do with the entries of a folder.</summary>
internal static class UidSets
{
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
