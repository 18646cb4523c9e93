using MailGrains.Storage.Relational;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite;

/// <summary>The group writer of the connection that is written with now, on the writer's thread; what outlives a connection is kept here.</summary>
internal sealed class GroupWriters(MailboxNumbers mailboxes, int partitions)
{
    private SqliteDatabase? _database;
    private GroupWriter? _current;

    /// <summary>Packs whose files are to be deleted: nothing new may be said to lie there. For the writer's thread.</summary>
    public HashSet<int> RetiredPacks { get; } = [];

    public GroupWriter Of(SqliteDatabase database)
    {
        if (_current is not null && ReferenceEquals(_database, database)) return _current;
        _database = database;
        return _current = new GroupWriter(database, mailboxes, partitions, RetiredPacks);
    }

    /// <summary>Forgets what a transaction that was rolled back taught.</summary>
    public void RolledBack() => _current?.RolledBack();
}
