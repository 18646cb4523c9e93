using MailGrains.Grains.Mailboxes.State;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Mailboxes;

/// <summary>
/// Which UIDs no session has been told of as \Recent. A mark is written with its folder's next change and when the mailbox goes idle:
/// after a crash a message may be \Recent once more, which RFC 3501 section 2.3.2 allows, and no SELECT costs a commit.
/// </summary>
internal sealed class RecentMarks
{
    // Most mailboxes in memory wait for something: an empty dictionary would cost each of them.
    private Dictionary<FolderId, uint>? _from;

    public uint Of(FolderRow row) => _from is null ? row.RecentFrom : Math.Max(row.RecentFrom, _from.GetValueOrDefault(row.Id));

    /// <summary>The recent messages of a folder.</summary>
    /// <param name="claim">Nobody is told of them again.</param>
    public UidSet Take(FolderState folder, bool claim)
    {
        var from = Of(folder.Row);
        if (from >= folder.Row.UidNext) return UidSet.Empty;
        if (claim) (_from ??= [])[folder.Row.Id] = folder.Row.UidNext;
        return UidSets.Of(folder.Messages.SlicesOfUids(UidSet.Between(from, uint.MaxValue)));
    }

    /// <summary>How many are recent; an upper bound when their pages are not in memory.</summary>
    public uint Count(FolderState folder)
    {
        var from = Of(folder.Row);
        if (from >= folder.Row.UidNext) return 0;
        return folder.Messages.FirstLoaded <= MessagePage.NumberOf(from)
            ? (uint)folder.Messages.CountFrom(from)
            : Math.Min((uint)folder.Row.Messages, folder.Row.UidNext - from);
    }

    /// <summary>Folders whose stored mark is behind.</summary>
    public IEnumerable<FolderState> Unwritten(MailboxState state)
    {
        foreach (var (id, from) in _from ?? [])
        {
            if (state.Folders.TryGetValue(id, out var folder) && folder.Row.RecentFrom < from) yield return folder;
        }
    }
}
