using System.Collections.Immutable;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Commit;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>COPY and MOVE within the mailbox. The content stays the same (EMAILID), and so do flags and INTERNALDATE.</summary>
internal static class CopyTurn
{
    /// <param name="slices">Entries of the source as it is in this turn; at least one.</param>
    public static (UidSet Source, UidSet Destination) Apply(
        MailboxTurn turn, FolderId source, FolderId destination, ImmutableArray<MessageSlice> slices, bool move)
    {
        var target = turn.Folder(destination);
        var entries = EntriesFor(turn, target.Row.UidNext, slices);
        var emails = new long[entries.Length];
        long bytes = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            emails[i] = entries[i].Email.Value;
            bytes += entries[i].Size;
        }

        if (!move) ArrivalTurn.CheckQuota(turn, entries.Length, bytes);
        ArrivalTurn.Enter(turn, target, entries);
        if (move) ExpungeTurn.Leave(turn, source, SameIn(turn.Folder(source).Messages, slices));
        else foreach (var entry in entries) turn.References.Add(new EmailReferenceChange(entry.Email, 1));

        var uids = UidSet.Between(entries[0].Uid, entries[^1].Uid);
        var oldUids = UidSets.Of(slices);
        TransferEvents.Copied(
            turn, turn.Folder(source), turn.Folder(destination), move,
            new MessageRun(uids, oldUids, MessageRun.Runs(emails), bytes));
        return (oldUids, uids);
    }

    private static NewEntry[] EntriesFor(MailboxTurn turn, uint uidNext, ImmutableArray<MessageSlice> slices)
    {
        var entries = new NewEntry[new MessageRows(slices).Count];
        var at = 0;
        foreach (var slice in slices)
        {
            for (var i = slice.Start; i < slice.Start + slice.Count; i++)
            {
                entries[at] = PageEdit.EntryAt(slice.Page, i) with
                {
                    Uid = uidNext + (uint)at,
                    ModSeq = turn.ModSeq,
                    SaveDate = turn.Origin.Seconds,
                };
                at++;
            }
        }

        return entries;
    }

    /// <summary>When source and destination are the same folder its last page has changed meanwhile.</summary>
    private static ImmutableArray<MessageSlice> SameIn(FolderMessages now, ImmutableArray<MessageSlice> slices) =>
        now.SlicesOfUids(UidSets.Of(slices));
}
