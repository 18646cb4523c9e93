using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Grains.Mailboxes.Sessions;

/// <summary>What SELECT answers with.</summary>
internal static class SelectAnswer
{
    public static SelectedFolder Of(FolderState folder, KeywordTable keywords, UidSet recent) => new()
    {
        Folder = folder.Row.Id,
        Path = folder.Row.Path,
        UidValidity = folder.Row.UidValidity,
        UidNext = folder.Row.UidNext,
        HighestModSeq = folder.Row.HighestModSeq,
        Exists = (uint)folder.Messages.Count,
        Recent = recent,
        FirstUnseen = FirstUnseen(folder),
        Keywords = keywords,
        SpecialUse = folder.Row.SpecialUse,
        ExpungesForgottenTo = folder.Row.ExpungesForgottenTo,
    };

    /// <summary>
    /// The answer to QRESYNC (RFC 7162 section 3.2.5): what changed and what vanished since the client's MODSEQ, among the UIDs it knows.
    /// </summary>
    public static SelectedFolder Resynchronized(SelectedFolder selected, FolderState folder, ResyncRequest resync, UidSet expunged)
    {
        var known = resync.KnownUids ?? UidSet.Between(1, folder.Row.UidNext - 1);
        var changed = UidSets.ChangedSince(folder.Messages.SlicesOfUids(known), resync.ModSeq);
        var matching = LastMatch(folder.Messages, resync);
        var vanished = UidSet.Intersect(UidSet.Intersect(expunged, known), UidSet.Between(matching + 1, uint.MaxValue));
        return new SelectedFolder
        {
            Folder = selected.Folder,
            Path = selected.Path,
            UidValidity = selected.UidValidity,
            UidNext = selected.UidNext,
            HighestModSeq = selected.HighestModSeq,
            Exists = selected.Exists,
            Recent = selected.Recent,
            FirstUnseen = selected.FirstUnseen,
            Keywords = selected.Keywords,
            SpecialUse = selected.SpecialUse,
            ExpungesForgottenTo = selected.ExpungesForgottenTo,
            Vanished = vanished,
            Changed = changed.IsEmpty ? MessageRows.Empty : new MessageRows(changed),
        };
    }

    /// <summary>
    /// The highest UID of the match data that still has the sequence number the client had for it: below it nothing can have vanished
    /// that the client doesn't know of. 0 when there is none.
    /// </summary>
    private static uint LastMatch(FolderMessages messages, ResyncRequest resync)
    {
        if (resync is not { KnownSequences: { } sequences, MatchUids: { } uids } || sequences.Count != uids.Count) return 0;
        var last = 0u;
        foreach (var (sequence, uid) in sequences.Enumerate().Take(messages.Count).Zip(uids.Enumerate()))
        {
            if (messages.UidAt(sequence) == uid) last = uid;
        }

        return last;
    }

    private static uint? FirstUnseen(FolderState folder)
    {
        if (folder.Row.Unseen == 0) return null;
        var before = 0u;
        foreach (var page in folder.Messages.Pages())
        {
            for (var i = 0; i < page.Count; i++)
            {
                if (!page.Flags[i].Has(MessageFlags.Seen)) return before + (uint)i + 1;
            }

            before += (uint)page.Count;
        }

        return null;
    }
}
