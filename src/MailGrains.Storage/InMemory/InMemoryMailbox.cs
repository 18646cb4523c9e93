using System.Collections.Immutable;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Storage.InMemory;

/// <summary>One mailbox of <see cref="InMemoryMailboxStore"/>; used under that store's lock.</summary>
internal sealed class InMemoryMailbox(AccountId account)
{
    private readonly SortedDictionary<int, FolderRow> _folders = [];
    private readonly Dictionary<(int Folder, int Page), byte[]> _pages = [];
    private readonly Dictionary<long, Content> _contents = [];
    private readonly Dictionary<int, List<ExpungeWrite>> _expunges = [];
    private readonly Dictionary<OperationId, (DateTimeOffset At, byte[] Result)> _operations = [];
    private readonly SortedSet<string> _subscriptions = new(StringComparer.Ordinal);
    private ImmutableArray<string> _keywords = [];
    private MailboxHead _head = MailboxHead.Empty;

    public long Epoch { get; private set; }

    public List<EventRecord> Events { get; } = [];

    public MailboxClaim Claim()
    {
        Epoch++;
        return Read();
    }

    public MailboxClaim Read() => new(account, Epoch, _head, [.. _folders.Values], _keywords, [.. _subscriptions]);

    public WholeMailbox ReadWhole() => new(
        Read(),
        _folders.Values.Where(f => f.Messages > 0).ToDictionary(
            f => f.Id, IReadOnlyList<MessagePage> (f) => [.. Pages(f.Id, 0, int.MaxValue).Select(p => PageCodec.Decode(p))]));

    public void Apply(MailboxCommit commit, Dictionary<BlobId, BodyLocator> bodies)
    {
        _head = commit.Head;
        foreach (var folder in commit.DeletedFolders) DeleteFolder(folder);
        foreach (var folder in commit.Folders) WriteFolder(folder);
        foreach (var write in commit.Pages) WritePage(write);
        foreach (var email in commit.Emails)
        {
            bodies.TryAdd(email.Blob, email.Body);
            _contents[email.Id.Value] = new Content(email.Blob, email.Prefix.ToArray(), email.Summary.ToArray());
        }

        foreach (var change in commit.References.GroupBy(r => r.Id)) ChangeReferences(change.Key, change.Sum(c => c.Delta));
        foreach (var expunge in commit.Expunges)
        {
            if (!_expunges.TryGetValue(expunge.Folder.Value, out var list)) _expunges[expunge.Folder.Value] = list = [];
            list.Add(expunge);
        }

        if (commit.Keywords is { } keywords) _keywords = keywords.Keywords;
        foreach (var subscription in commit.Subscriptions)
            _ = subscription.Subscribed ? _subscriptions.Add(subscription.Path) : _subscriptions.Remove(subscription.Path);
        foreach (var operation in commit.Operations) _operations.TryAdd(operation.Id, (operation.At, operation.Result.ToArray()));
    }

    public IEnumerable<byte[]> Pages(FolderId folder, int first, int last) => _pages
        .Where(p => p.Key.Folder == folder.Value && p.Key.Page >= first && p.Key.Page <= last)
        .OrderBy(p => p.Key.Page)
        .Select(p => p.Value);

    public EmailRecord? Email(EmailId id, Dictionary<BlobId, BodyLocator> bodies) => _contents.TryGetValue(id.Value, out var content)
        ? new EmailRecord(id, content.Blob, content.Prefix.ToArray(), bodies[content.Blob], content.Summary.ToArray())
        : null;

    public UidSet ExpungedSince(FolderId folder, long since) => _expunges.TryGetValue(folder.Value, out var list)
        ? UidSet.FromRanges(list.Where(e => e.ModSeq > since).SelectMany(e => e.Uids.Ranges).Select(r => (r.First, r.Last)))
        : UidSet.Empty;

    public byte[]? Operation(OperationId id) => _operations.TryGetValue(id, out var operation) ? operation.Result.ToArray() : null;

    public OperationId[] Operations() => [.. _operations.Keys];

    public int ForgetOperations(DateTimeOffset before)
    {
        var old = _operations.Where(o => o.Value.At < before).Select(o => o.Key).ToArray();
        foreach (var id in old) _operations.Remove(id);
        return old.Length;
    }

    private void DeleteFolder(FolderId folder)
    {
        _folders.Remove(folder.Value);
        _expunges.Remove(folder.Value);
        foreach (var key in _pages.Keys.Where(k => k.Folder == folder.Value).ToArray()) _pages.Remove(key);
    }

    private void WriteFolder(FolderRow folder)
    {
        _folders[folder.Id.Value] = folder;
        if (_expunges.TryGetValue(folder.Id.Value, out var list)) list.RemoveAll(e => e.ModSeq <= folder.ExpungesForgottenTo);
    }

    private void WritePage(PageWrite write)
    {
        var key = (write.Folder.Value, write.Page.Number);
        if (write.Page.Count == 0) _pages.Remove(key);
        else _pages[key] = PageCodec.Encode(write.Page);
    }

    private void ChangeReferences(EmailId id, int delta)
    {
        if (!_contents.TryGetValue(id.Value, out var content)) return;
        content.References += delta;
        if (content.References <= 0) _contents.Remove(id.Value);
    }

    private sealed class Content(BlobId blob, byte[] prefix, byte[] summary)
    {
        public BlobId Blob => blob;

        public byte[] Prefix => prefix;

        public byte[] Summary => summary;

        public int References { get; set; }
    }
}
