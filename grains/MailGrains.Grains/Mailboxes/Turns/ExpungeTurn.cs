using System.Collections.Immutable;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>Messages leave a folder.</summary>
internal static class ExpungeTurn
{
    /// <summary>EXPUNGE: removes what is \Deleted, within <paramref name="within"/> when given. Returns whether anything was.</summary>
    public static bool Apply(MailboxTurn turn, FolderId id, UidSet? within)
    {
        var folder = turn.Folder(id);
        if (folder.Row.Deleted == 0) return false;
        var named = folder.Messages.SlicesOfUids(within ?? UidSet.Between(1, uint.MaxValue));
        var slices = OnlyDeleted(named);
        if (slices.Length == 0) return false;

        var leaving = Leave(turn, id, slices);
        foreach (var email in leaving.Emails) turn.References.Add(new EmailReferenceChange(new EmailId(email), -1));
        TransferEvents.Expunged(
            turn, turn.Folder(id), new MessageRun(leaving.Uids, null, MessageRun.Runs(leaving.Emails), leaving.Bytes));
        return true;
    }

    /// <summary>Takes entries out of a folder and remembers their UIDs for QRESYNC; references and events are the caller's.</summary>
    public static Leaving Leave(MailboxTurn turn, FolderId id, ImmutableArray<MessageSlice> slices)
    {
        var folder = turn.Folder(id);
        var tally = new Tally();
        var emails = new List<long>();
        var pages = new List<MessagePage>();
        for (var i = 0; i < slices.Length;)
        {
            var page = slices[i].Page;
            var end = i + 1;
            while (end < slices.Length && ReferenceEquals(slices[end].Page, page)) end++;
            pages.Add(Without(page, slices.AsSpan(i, end - i), ref tally, emails));
            i = end;
        }

        var uids = UidSets.Of(slices);
        turn.AddTotals(-tally.Messages, -tally.Bytes);
        turn.Expunges.Add(new ExpungeWrite(id, turn.ModSeq, uids));
        var row = tally.TakeFrom(folder.Row) with { HighestModSeq = turn.ModSeq, ExpungesForgottenTo = ForgottenTo(turn, folder.Row) };
        turn.Set(folder with { Row = row, Messages = folder.Messages.With(pages) });
        return new Leaving(uids, [.. emails], tally.Bytes);
    }

    /// <summary>
    /// A folder has at most one remembered expunge for each MODSEQ, so bounding those bounds the rows. Forgetting comes once in as many
    /// changes as are kept, so that it costs each expunge next to nothing.
    /// </summary>
    private static long ForgottenTo(MailboxTurn turn, FolderRow row)
    {
        var kept = Math.Max(1, turn.Limits.RememberedChanges);
        return turn.ModSeq - row.ExpungesForgottenTo > 2 * kept ? turn.ModSeq - kept : row.ExpungesForgottenTo;
    }

    public sealed record Leaving(UidSet Uids, long[] Emails, long Bytes);

    private static MessagePage Without(MessagePage page, ReadOnlySpan<MessageSlice> slices, ref Tally tally, List<long> emails)
    {
        Span<int> kept = stackalloc int[MessagePage.Span];
        int count = 0, next = 0;
        foreach (ref readonly var slice in slices)
        {
            while (next < slice.Start) kept[count++] = next++;
            for (; next < slice.Start + slice.Count; next++)
            {
                tally.Add(page.Flags[next], page.Sizes[next]);
                emails.Add(page.EmailIds[next]);
            }
        }

        while (next < page.Count) kept[count++] = next++;
        return PageEdit.Keep(page, kept[..count]);
    }

    private static ImmutableArray<MessageSlice> OnlyDeleted(ImmutableArray<MessageSlice> slices)
    {
        var deleted = ImmutableArray.CreateBuilder<MessageSlice>();
        foreach (var slice in slices)
        {
            var end = slice.Start + slice.Count;
            for (var i = slice.Start; i < end; i++)
            {
                if (!slice.Page.Flags[i].Has(MessageFlags.Deleted)) continue;
                deleted.Add(new MessageSlice(slice.Page, i, 1, slice.FirstSequence + (uint)(i - slice.Start)));
            }
        }

        return deleted.DrainToImmutable();
    }
}
