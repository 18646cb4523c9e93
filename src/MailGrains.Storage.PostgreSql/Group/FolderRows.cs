using MailGrains.Model.Columns;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Relational.Group;
using Npgsql;

namespace MailGrains.Storage.PostgreSql.Group;

/// <summary>Folders, those deleted, and pages.</summary>
internal sealed class FolderRows
{
    private readonly SetStatement _deleted = new("DeleteFolders"), _folders = new("WriteFolders");
    private readonly SetStatement _pages = new("WritePages"), _emptied = new("DeletePages");
    private readonly List<int> _deletedIds;
    private readonly List<int> _ids, _messages, _unseen, _marked;
    private readonly List<string?> _paths, _specialUses;
    private readonly List<long> _uidValidities, _uidNexts, _modSeqs, _sizes, _recents, _forgotten;
    private readonly List<int> _pageFolders, _pageNumbers, _emptiedFolders, _emptiedNumbers;
    private readonly List<ReadOnlyMemory<byte>> _pageData;

    public FolderRows()
    {
        _deletedIds = _deleted.Integers();
        _ids = _folders.Integers();
        _paths = _folders.Texts();
        _specialUses = _folders.Texts();
        _uidValidities = _folders.Bigints();
        _uidNexts = _folders.Bigints();
        _modSeqs = _folders.Bigints();
        _messages = _folders.Integers();
        _unseen = _folders.Integers();
        _marked = _folders.Integers();
        _sizes = _folders.Bigints();
        _recents = _folders.Bigints();
        _forgotten = _folders.Bigints();
        _pageFolders = _pages.Integers();
        _pageNumbers = _pages.Integers();
        _pageData = _pages.Bytes();
        _emptiedFolders = _emptied.Integers();
        _emptiedNumbers = _emptied.Integers();
    }

    public void Delete(Owner owner, int folder)
    {
        _deleted.Own(owner);
        _deletedIds.Add(folder);
    }

    public void Add(Owner owner, FolderRow folder)
    {
        _folders.Own(owner);
        _ids.Add(folder.Id.Value);
        _paths.Add(folder.Path);
        _specialUses.Add(folder.SpecialUse);
        _uidValidities.Add(folder.UidValidity);
        _uidNexts.Add(folder.UidNext);
        _modSeqs.Add(folder.HighestModSeq);
        _messages.Add(folder.Messages);
        _unseen.Add(folder.Unseen);
        _marked.Add(folder.Deleted);
        _sizes.Add(folder.SizeBytes);
        _recents.Add(folder.RecentFrom);
        _forgotten.Add(folder.ExpungesForgottenTo);
    }

    public void Add(Owner owner, int folder, MessagePage page, ByteArena arena)
    {
        if (page.Count == 0)
        {
            _emptied.Own(owner);
            _emptiedFolders.Add(folder);
            _emptiedNumbers.Add(page.Number);
            return;
        }

        _pages.Own(owner);
        _pageFolders.Add(folder);
        _pageNumbers.Add(page.Number);
        _pageData.Add(arena.Encode(page));
    }

    public void AddTo(NpgsqlBatch batch)
    {
        _deleted.AddTo(batch);
        _folders.AddTo(batch);
        _pages.AddTo(batch);
        _emptied.AddTo(batch);
    }

    public void Clear()
    {
        _deleted.Clear();
        _folders.Clear();
        _pages.Clear();
        _emptied.Clear();
    }
}
