using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Storage.Relational.Group;

/// <summary>The rows of one group commit, filled anew for each: which there are, and in what order, is the same on every engine.</summary>
internal abstract class GroupRows
{
    private readonly ShareContents _contents = new();

    /// <param name="shares">Those whose mailbox there is; the others are fenced.</param>
    public void Fill(IReadOnlyList<MailboxCommit> group, int[] shareOf, List<MailboxShare> shares, int partitions)
    {
        Clear();
        foreach (var share in shares)
        {
            if (share.Mailbox is { } mailbox) Fill(new Owner(mailbox, share.Epoch), share.Commits);
        }

        for (var i = 0; i < group.Count; i++)
        {
            if (shares[shareOf[i]] is not { Mailbox: { } mailbox } share || group[i].Events.Count == 0) continue;
            var partition = EventPartition.Of(share.Account, partitions);
            foreach (var write in group[i].Events) Add(new Owner(mailbox, share.Epoch), partition, write);
        }
    }

    /// <summary>Lets go of the group's memory.</summary>
    public abstract void Clear();

    protected abstract void Add(Owner owner, MailboxHead head);

    protected abstract void DeleteFolder(Owner owner, int folder);

    protected abstract void Add(Owner owner, FolderRow folder);

    protected abstract void Add(Owner owner, int folder, MessagePage page);

    protected abstract void Add(Owner owner, EmailWrite email);

    protected abstract void Add(Owner owner, ExpungeWrite expunge);

    protected abstract void Add(Owner owner, OperationWrite operation);

    /// <param name="delta">By how much the number of messages with this email changes; 0 at times.</param>
    protected abstract void Refer(Owner owner, long email, int delta);

    protected abstract void Add(Owner owner, KeywordTable keywords);

    protected abstract void Add(Owner owner, string path, bool subscribed);

    protected abstract void Add(Owner owner, int partition, EventWrite write);

    private void Fill(Owner owner, List<MailboxCommit> commits)
    {
        _contents.Gather(commits);
        Add(owner, commits[^1].Head);
        foreach (var folder in _contents.DeletedFolders) DeleteFolder(owner, folder);
        foreach (var folder in _contents.Folders.Values) Add(owner, folder);
        foreach (var (key, page) in _contents.Pages) Add(owner, key.Folder, page);
        foreach (var commit in commits)
        {
            foreach (var email in commit.Emails) Add(owner, email);
            foreach (var expunge in commit.Expunges)
            {
                if (_contents.Keeps(expunge)) Add(owner, expunge);
            }

            foreach (var operation in commit.Operations) Add(owner, operation);
        }

        foreach (var (email, delta) in _contents.References) Refer(owner, email, delta);
        if (_contents.Keywords is { } keywords) Add(owner, keywords);
        foreach (var (path, subscribed) in _contents.Subscriptions) Add(owner, path, subscribed);
    }
}
