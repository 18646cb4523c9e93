using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Storage.Commit;

/// <summary>
/// What the commits of a share come to: whatever several of them overwrite is here once, as the last has it. One object serves share after
/// share, to spare allocations. Folder ids are never used again, so whatever concerns a deleted folder is void, be it before or after.
/// </summary>
public sealed class ShareContents
{
    public Dictionary<int, FolderRow> Folders { get; } = [];

    public Dictionary<(int Folder, int Page), MessagePage> Pages { get; } = [];

    public HashSet<int> DeletedFolders { get; } = [];

    /// <summary>
    /// Changes of contents' reference counts beside the reference that a content's row stands for by itself: a new content with one entry is
    /// at zero here, and one that comes to less than zero has no reference left.
    /// </summary>
    public Dictionary<long, int> References { get; } = [];

    /// <summary>By path, the last word on each.</summary>
    public Dictionary<string, bool> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>The whole keyword table when it grew, else null.</summary>
    public KeywordTable? Keywords { get; private set; }

    public void Gather(List<MailboxCommit> commits)
    {
        Clear();
        foreach (var commit in commits)
        {
            foreach (var folder in commit.Folders) Folders[folder.Id.Value] = folder;
            foreach (var write in commit.Pages) Pages[(write.Folder.Value, write.Page.Number)] = write.Page;
            foreach (var email in commit.Emails) Refer(email.Id.Value, -1);
            foreach (var change in commit.References) Refer(change.Id.Value, change.Delta);
            foreach (var subscription in commit.Subscriptions) Subscriptions[subscription.Path] = subscription.Subscribed;
            foreach (var folder in commit.DeletedFolders) DeletedFolders.Add(folder.Value);
            Keywords = commit.Keywords ?? Keywords;
        }

        if (DeletedFolders.Count == 0) return;
        foreach (var folder in DeletedFolders) Folders.Remove(folder);
        foreach (var key in Pages.Keys.Where(k => DeletedFolders.Contains(k.Folder)).ToArray()) Pages.Remove(key);
    }

    /// <summary>Whether an expunge is to be remembered.</summary>
    public bool Keeps(ExpungeWrite expunge) => !expunge.Uids.IsEmpty && !DeletedFolders.Contains(expunge.Folder.Value);

    private void Refer(long email, int delta) => References[email] = References.GetValueOrDefault(email) + delta;

    private void Clear()
    {
        Folders.Clear();
        Pages.Clear();
        DeletedFolders.Clear();
        References.Clear();
        Subscriptions.Clear();
        Keywords = null;
    }
}
