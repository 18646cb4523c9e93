using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Relational.Group;
using Npgsql;

namespace MailGrains.Storage.PostgreSql.Group;

/// <summary>
/// The statements of one group commit, filled anew for each. In their order:
/// <list type="number">
/// <item>the heads, each under its epoch: those that are not written are fenced, and their rows fall away in all that follows;</item>
/// <item>folders and pages;</item>
/// <item>bodies' counters, contents, references;</item>
/// <item>the small tables;</item>
/// <item>last, the events of the whole group, so that positions follow commits and partitions are locked as shortly as can be.</item>
/// </list>
/// </summary>
internal sealed class GroupStatements
{
    private readonly ByteArena _arena = new();
    private readonly ShareContents _contents = new();
    private readonly HeadRows _heads = new();
    private readonly FolderRows _folders = new();
    private readonly EmailRows _emails = new();
    private readonly SmallRows _small = new();
    private readonly EventRows _events = new();

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
            foreach (var write in group[i].Events) _events.Add(new Owner(mailbox, share.Epoch), partition, write, _arena);
        }
    }

    public void AddTo(NpgsqlBatch batch, Guid writer, long generation, long number)
    {
        _heads.Mark(writer, generation, number);
        _heads.Statement.AddTo(batch);
        _folders.AddTo(batch);
        _emails.AddTo(batch);
        _small.AddTo(batch);
        _events.Statement.AddTo(batch);
    }

    /// <summary>Lets go of the group's memory.</summary>
    public void Clear()
    {
        _arena.Reset();
        _heads.Statement.Clear();
        _folders.Clear();
        _emails.Clear();
        _small.Clear();
        _events.Statement.Clear();
    }

    private void Fill(Owner owner, List<MailboxCommit> commits)
    {
        _contents.Gather(commits);
        _heads.Add(owner, commits[^1].Head, _arena);
        foreach (var folder in _contents.DeletedFolders) _folders.Delete(owner, folder);
        foreach (var folder in _contents.Folders.Values)
        {
            _folders.Add(owner, folder);
            _small.Forget(owner, folder);
        }

        foreach (var (key, page) in _contents.Pages) _folders.Add(owner, key.Folder, page, _arena);
        foreach (var commit in commits)
        {
            foreach (var email in commit.Emails) _emails.Add(owner, email, _arena);
            foreach (var expunge in commit.Expunges)
            {
                if (_contents.Keeps(expunge)) _small.Add(owner, expunge);
            }

            foreach (var operation in commit.Operations) _small.Add(owner, operation, _arena);
        }

        foreach (var (email, delta) in _contents.References) _emails.Refer(owner, email, delta);
        if (_contents.Keywords is { } keywords) _small.Add(owner, keywords);
        foreach (var (path, subscribed) in _contents.Subscriptions) _small.Add(owner, path, subscribed);
    }
}
