using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>
/// Takes a session's view up again on an activation that does not know it.
/// <list type="number">
/// <item>Select the folder with the last MODSEQ the client knows (as QRESYNC would): that tells what has vanished since.</item>
/// <item>The client's old list of messages is the present one and the vanished, in UID order, cut at the count it knows:
/// what came later has higher UIDs.</item>
/// <item>The places of the vanished in that list are the sequence numbers to be expunged.</item>
/// <item>What has changed between the two calls comes with the second one's answer, and is told after that.</item>
/// </list>
/// </summary>
internal static class ViewRepair
{
    /// <returns>What the client is to be told, in this order.</returns>
    public static async Task<IReadOnlyList<SessionUpdates>> SelectAgainAsync(IMailboxGrain grain, SessionId id, SelectedView view)
    {
        var resync = new ResyncRequest(view.UidValidity, view.ModSeq, null, null, null);
        var folder = await grain.SelectAsync(id, new SelectRequest(view.Path, view.ReadOnly, resync, view.Folder));

        // Away for longer than expunges are remembered: which of the UIDs that are not there the client knew, nobody can tell any more.
        if (folder.UidValidity != view.UidValidity || view.ModSeq < folder.ExpungesForgottenTo) throw new SessionLostException();
        var rows = await grain.RowsAsync(id, new RowsRequest(NumberSet.All, ByUid: false, UpdateScope.WithoutExpunges));
        var missed = Compare(view.Exists, folder, rows.Rows);
        return ReferenceEquals(rows.Updates, SessionUpdates.None) ? [missed] : [missed, rows.Updates];
    }

    internal static SessionUpdates Compare(uint known, SelectedFolder folder, MessageRows present)
    {
        var vanished = folder.Vanished ?? UidSet.Empty;
        var expunged = new List<uint>();
        var gone = new UidSetBuilder();
        uint place = 0;
        using var missing = vanished.Enumerate().GetEnumerator();
        var more = missing.MoveNext();
        foreach (var row in present)
        {
            for (; more && missing.Current < row.Uid && place < known; more = missing.MoveNext()) Take(missing.Current);
            if (place < known) place++;
        }

        for (; more && place < known; more = missing.MoveNext()) Take(missing.Current);
        if (place < known) throw new SessionLostException();

        expunged.Reverse();
        var kept = known - (uint)expunged.Count;
        return new SessionUpdates
        {
            Keywords = folder.Keywords,
            Expunged = [.. expunged],
            Vanished = gone.Build(),
            Exists = folder.Exists == kept ? null : folder.Exists,
            Recent = folder.Recent,
            Changed = folder.Changed,
            HighestModSeq = folder.HighestModSeq,
        };

        void Take(uint uid)
        {
            expunged.Add(++place);
            gone.Add(uid);
        }
    }
}
