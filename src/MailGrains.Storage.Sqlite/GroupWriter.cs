using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite;

/// <summary>
/// Writes groups of commits inside the transactions of one connection.
/// <list type="number">
/// <item>Commits of one mailbox and epoch make a share; what several of them overwrite is written once, as the last has it.</item>
/// <item>The share's head is written under its epoch: no row means fenced, and nothing else of it is done.</item>
/// <item>Folders, pages, contents, expunges and the small tables follow.</item>
/// <item>Last, the events of all commits that were not fenced, in the order of the group, so that positions follow commits.</item>
/// </list>
/// </summary>
internal sealed class GroupWriter(SqliteDatabase database, MailboxNumbers mailboxes, int partitions, HashSet<int> retiredPacks)
{
    private const int FolderCacheLimit = 100_000;

    // Valid for committed and for this transaction's folders; dropped on rollback.
    private readonly Dictionary<(long Mailbox, int Id), long> _folders = [];
    private readonly Dictionary<long, long> _forgotten = [];

    private readonly ShareContents _contents = new();

    public CommitOutcome[] Write(IReadOnlyList<MailboxCommit> group)
    {
        var shareOf = new int[group.Count];
        var shares = MailboxShare.Divide(group, shareOf);
        foreach (var share in shares)
        {
            // A share that keeps its row number has passed the fence.
            share.Mailbox = mailboxes.Find(database, share.Account) is { } mailbox && WriteHead(mailbox, share.Commits[^1]) ? mailbox : null;
            if (share.Mailbox is { } owned) WriteShare(owned, share.Commits);
        }

        return WriteEvents(group, shareOf, shares);
    }

    /// <summary>Forgets what a transaction that was rolled back taught.</summary>
    public void RolledBack()
    {
        _folders.Clear();
        _forgotten.Clear();
    }

    private bool WriteHead(long mailbox, MailboxCommit last)
    {
        var head = last.Head;
        database.Statement("WriteHead")
            .Bind(1, mailbox).Bind(2, last.Epoch)
            .Bind(3, head.ModSeq).Bind(4, head.LastEmail).Bind(5, head.LastFolder).Bind(6, head.LastUidValidity)
            .Bind(7, head.EventSequence).Bind(8, head.LastEventHash).Bind(9, head.Messages).Bind(10, head.SizeBytes)
            .Run();
        return database.Changes == 1;
    }

    private void WriteShare(long mailbox, List<MailboxCommit> commits)
    {
        _contents.Gather(commits);
        foreach (var folder in _contents.DeletedFolders) DeleteFolder(mailbox, folder);
        foreach (var folder in _contents.Folders.Values) WriteFolder(mailbox, folder);
        foreach (var (key, page) in _contents.Pages) WritePage(mailbox, key.Folder, page);
        foreach (var commit in commits)
        {
            foreach (var email in commit.Emails) AddEmail(mailbox, email);
            foreach (var expunge in commit.Expunges) AddExpunge(mailbox, expunge);
            foreach (var operation in commit.Operations) AddOperation(mailbox, operation);
        }

        foreach (var (path, subscribed) in _contents.Subscriptions)
            database.Statement(subscribed ? "Subscribe" : "Unsubscribe").Bind(1, mailbox).Bind(2, path).Run();
        var at = commits[^1].Events is [.., var last] ? EventHash.Microseconds(last.At) : long.MaxValue;
        foreach (var (email, delta) in _contents.References) ChangeReferences(Keys.Email(mailbox, new EmailId(email)), delta, at);
        foreach (var folder in _contents.Folders.Values) ForgetExpunges(mailbox, folder);
        if (_contents.Keywords is { } keywords) WriteKeywords(mailbox, keywords);
    }

    private long? FindFolder(long mailbox, int id)
    {
        if (_folders.TryGetValue((mailbox, id), out var known)) return known;
        if (database.Statement("FindFolder").Bind(1, mailbox).Bind(2, id).RunScalar() is not { } number) return null;
        Remember(mailbox, id, number);
        return number;
    }

    private void Remember(long mailbox, int id, long number)
    {
        if (_folders.Count >= FolderCacheLimit) RolledBack();
        _folders[(mailbox, id)] = number;
    }

    private void DeleteFolder(long mailbox, int id)
    {
        if (FindFolder(mailbox, id) is not { } number) return;
        database.Statement("DeletePages").Bind(1, Keys.Page(number, 0)).Bind(2, Keys.Page(number, Keys.LastPage)).Run();
        database.Statement("DeleteExpunges").Bind(1, number).Run();
        database.Statement("DeleteFolder").Bind(1, number).Run();
        _folders.Remove((mailbox, id));
        _forgotten.Remove(number);
    }

    private void WriteFolder(long mailbox, FolderRow folder)
    {
        var known = FindFolder(mailbox, folder.Id.Value);
        var statement = known is { } existing
            ? database.Statement("WriteFolder").Bind(1, existing)
            : database.Statement("AddFolder").Bind(1, mailbox).Bind(2, folder.Id.Value);
        statement.Bind(3, folder.Path).Bind(4, folder.SpecialUse).Bind(5, folder.UidValidity).Bind(6, folder.UidNext)
            .Bind(7, folder.HighestModSeq).Bind(8, folder.Messages).Bind(9, folder.Unseen).Bind(10, folder.Deleted)
            .Bind(11, folder.SizeBytes).Bind(12, folder.RecentFrom).Bind(13, folder.ExpungesForgottenTo);
        if (known is not null) statement.Run();
        else Remember(mailbox, folder.Id.Value, statement.RunScalar()!.Value);
    }

    private void WritePage(long mailbox, int folder, MessagePage page)
    {
        if (FindFolder(mailbox, folder) is not { } number) throw NoFolder(mailbox, folder);
        var key = Keys.Page(number, page.Number);
        if (page.Count == 0)
        {
            database.Statement("DeletePages").Bind(1, key).Bind(2, key).Run();
            return;
        }

        Span<byte> buffer = stackalloc byte[PageCodec.MaxLength + 8];
        database.Statement("WritePage").Bind(1, key).Bind(2, buffer[..PageCodec.Encode(page, buffer)]).Run();
    }

    // Not one statement with RETURNING: for that SQLite makes and drops a temporary table at every run, dearer than a second look-up.
    private long WriteBody(EmailWrite email)
    {
        if (database.Statement("FindBodyNumber").Bind(1, email.Blob).RunScalar() is { } known)
        {
            database.Statement("KeepBody").Bind(1, known).Run();
            return known;
        }

        if (retiredPacks.Contains(email.Body.Pack)) throw new InvalidOperationException($"Pack {email.Body.Pack} has been collected meanwhile.");
        database.Statement("AddBody")
            .Bind(1, email.Blob).Bind(2, email.Body.Pack).Bind(3, email.Body.Offset).Bind(4, email.Body.StoredLength).Bind(5, email.Body.Length)
            .Run();
        return database.LastRow;
    }

    private void AddEmail(long mailbox, EmailWrite email)
    {
        var body = WriteBody(email);
        var key = Keys.Email(mailbox, email.Id);
        database.Statement("AddEmail").Bind(1, key).Bind(2, body).Bind(3, email.Prefix.Span).Bind(4, email.Summary.Span).Run();
    }

    /// <param name="at">When a body that nothing refers to any more came out of use, in µs.</param>
    private void ChangeReferences(long key, int delta, long at)
    {
        if (delta == 0) return;
        var before = database.Statement("ReadExtra").Bind(1, key).RunScalar() ?? 0;
        var extra = before + delta;
        if (extra > 0) database.Statement("WriteExtra").Bind(1, key).Bind(2, extra).Run();
        else if (before > 0) database.Statement("DeleteExtra").Bind(1, key).Run();
        if (extra >= 0) return;

        if (database.Statement("ReadEmailBody").Bind(1, key).RunScalar() is not { } body) return;
        database.Statement("ReleaseBody").Bind(1, body).Bind(2, at).Run();
        database.Statement("DeleteEmail").Bind(1, key).Run();
    }

    private void AddExpunge(long mailbox, ExpungeWrite expunge)
    {
        if (!_contents.Keeps(expunge)) return;
        if (FindFolder(mailbox, expunge.Folder.Value) is not { } number) throw NoFolder(mailbox, expunge.Folder.Value);
        database.Statement("AddExpunge")
            .Bind(1, number).Bind(2, expunge.ModSeq).Bind(3, expunge.Uids.Ranges[0].First).Bind(4, UidSetCodec.Encode(expunge.Uids))
            .Run();
    }

    private void ForgetExpunges(long mailbox, FolderRow folder)
    {
        if (folder.ExpungesForgottenTo <= 0 || FindFolder(mailbox, folder.Id.Value) is not { } number) return;
        if (_forgotten.GetValueOrDefault(number) == folder.ExpungesForgottenTo) return;
        database.Statement("ForgetExpunges").Bind(1, number).Bind(2, folder.ExpungesForgottenTo).Run();
        _forgotten[number] = folder.ExpungesForgottenTo;
    }

    private void WriteKeywords(long mailbox, KeywordTable keywords)
    {
        for (var i = 0; i < keywords.Keywords.Length; i++)
            database.Statement("WriteKeyword").Bind(1, mailbox).Bind(2, i).Bind(3, keywords.Keywords[i]).Run();
    }

    private void AddOperation(long mailbox, OperationWrite operation) => database.Statement("AddOperation")
        .Bind(1, mailbox).Bind(2, operation.Id.Value).Bind(3, EventHash.Microseconds(operation.At)).Bind(4, operation.Result.Span)
        .Run();

    private CommitOutcome[] WriteEvents(IReadOnlyList<MailboxCommit> group, int[] shareOf, List<MailboxShare> shares)
    {
        var last = new Dictionary<int, long>();
        var outcomes = new CommitOutcome[group.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            var commit = group[i];
            if (shares[shareOf[i]].Mailbox is not { } mailbox)
            {
                outcomes[i] = CommitOutcome.Fenced;
                continue;
            }

            if (commit.Events.Count == 0) continue;
            var partition = EventPartition.Of(commit.Account, partitions);
            if (!last.TryGetValue(partition, out var position)) position = ReadLast(partition);
            foreach (var write in commit.Events) AddEvent(Keys.Event(partition, ++position), mailbox, write);
            last[partition] = position;
        }

        foreach (var (partition, position) in last)
            database.Statement("WritePartitionLast").Bind(1, partition).Bind(2, position).Run();
        return outcomes;
    }

    private long ReadLast(int partition) => database.Statement("ReadPartitionLast").Bind(1, partition).RunScalar()
        ?? throw new InvalidOperationException($"Event partition {partition} is missing.");

    private void AddEvent(long key, long mailbox, EventWrite write) => database.Statement("AddEvent")
        .Bind(1, key).Bind(2, mailbox).Bind(3, write.Sequence).Bind(4, EventHash.Microseconds(write.At)).Bind(5, write.Type)
        .Bind(6, write.PreviousHash).Bind(7, write.Hash).Bind(8, write.Payload.Span)
        .Run();

    private static InvalidOperationException NoFolder(long mailbox, int folder) =>
        new($"Mailbox row {mailbox} has no folder {folder}: the commit is inconsistent.");
}
