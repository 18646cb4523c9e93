using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
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
internal sealed class GroupStatements : GroupRows
{
    private readonly ByteArena _arena = new();
    private readonly HeadRows _heads = new();
    private readonly FolderRows _folders = new();
    private readonly EmailRows _emails = new();
    private readonly SmallRows _small = new();
    private readonly EventRows _events = new();

    public void AddTo(NpgsqlBatch batch, Guid writer, long generation, long number)
    {
        _heads.Mark(writer, generation, number);
        _heads.Statement.AddTo(batch);
        _folders.AddTo(batch);
        _emails.AddTo(batch);
        _small.AddTo(batch);
        _events.Statement.AddTo(batch);
    }

    public override void Clear()
    {
        _arena.Reset();
        _heads.Statement.Clear();
        _folders.Clear();
        _emails.Clear();
        _small.Clear();
        _events.Statement.Clear();
    }

    protected override void Add(Owner owner, MailboxHead head) => _heads.Add(owner, head, _arena);

    protected override void DeleteFolder(Owner owner, int folder) => _folders.Delete(owner, folder);

    protected override void Add(Owner owner, FolderRow folder)
    {
        _folders.Add(owner, folder);
        _small.Forget(owner, folder);
    }

    protected override void Add(Owner owner, int folder, MessagePage page) => _folders.Add(owner, folder, page, _arena);

    protected override void Add(Owner owner, EmailWrite email) => _emails.Add(owner, email, _arena);

    protected override void Add(Owner owner, ExpungeWrite expunge) => _small.Add(owner, expunge);

    protected override void Add(Owner owner, OperationWrite operation) => _small.Add(owner, operation, _arena);

    protected override void Refer(Owner owner, long email, int delta) => _emails.Refer(owner, email, delta);

    protected override void Add(Owner owner, KeywordTable keywords) => _small.Add(owner, keywords);

    protected override void Add(Owner owner, string path, bool subscribed) => _small.Add(owner, path, subscribed);

    protected override void Add(Owner owner, int partition, EventWrite write) => _events.Add(owner, partition, write, _arena);
}
