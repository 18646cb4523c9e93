using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Grains.Mailboxes.Sessions;

/// <summary>
/// A session's selected folder as its client knows it: a version of the folder's entries, shared with the mailbox's own state. Only while
/// expunges are withheld is it a version of its own, with the expunged entries still in it.
/// </summary>
internal sealed class Selection(FolderState folder, KeywordTable keywords, bool readOnly)
{
    private int _toldKeywords = keywords.Keywords.Length;

    public FolderId Folder { get; } = folder.Row.Id;

    public bool IsReadOnly => readOnly;

    public FolderMessages View { get; private set; } = folder.Messages;

    /// <summary>Brings the view up to date and says what the client is to be told.</summary>
    /// <param name="now">The folder, with all its pages; null when it was deleted.</param>
    /// <param name="except">Messages whose flags the client learns in another way.</param>
    public SessionUpdates Advance(FolderState? now, MailboxState state, RecentMarks recent, UpdateScope scope, UidSet? except = null)
    {
        if (now is null) return new SessionUpdates { FolderGone = true };
        var grown = state.Keywords.Keywords.Length > _toldKeywords;
        if (!grown && ReferenceEquals(now.Messages, View)) return SessionUpdates.None;

        var change = ViewChange.Between(View, now.Messages);
        var withheld = scope == UpdateScope.WithoutExpunges;
        var view = withheld ? change.WithGhosts : now.Messages;
        var changed = except is null ? change.Changed : UidSet.Except(change.Changed, except);
        var updates = new SessionUpdates
        {
            Keywords = grown ? state.Keywords : null,
            Expunged = withheld ? [] : [.. Enumerable.Reverse(change.ExpungedSequences)],
            Vanished = withheld ? UidSet.Empty : change.Vanished,
            Exists = change.Added > 0 ? (uint)view.Count : null,
            Recent = change.Added > 0 ? recent.Take(now, claim: !readOnly) : UidSet.Empty,
            Changed = changed.IsEmpty ? MessageRows.Empty : new MessageRows(view.SlicesOfUids(changed)),
            HighestModSeq = withheld ? 0 : now.Row.HighestModSeq,
        };
        _toldKeywords = state.Keywords.Keywords.Length;
        View = view;
        return updates;
    }
}
