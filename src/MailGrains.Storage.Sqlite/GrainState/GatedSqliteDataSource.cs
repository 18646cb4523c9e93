using System.Data.Common;
using MailGrains.Storage.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace MailGrains.Storage.Sqlite.GrainState;

/// <summary>
/// Where Orleans' ADO.NET providers keep grain state in the embedded product (invariant <c>System.Data.SQLite</c>): a database of its own,
/// whose connections are open one at a time. Whoever waits, waits asynchronously; without the gate
/// Microsoft.Data.Sqlite meets SQLITE_BUSY and puts the grain's thread to sleep for 150 ms again and again.
/// </summary>
public sealed class GatedSqliteDataSource : DbDataSource
{
    /// <summary>The invariant name under which Orleans takes connections of Microsoft.Data.Sqlite.</summary>
    public const string Invariant = "System.Data.SQLite";

    private readonly SemaphoreSlim _gate = new(1, 1);

    private GatedSqliteDataSource(string connectionString) => ConnectionString = connectionString;

    public override string ConnectionString { get; }

    /// <summary>
    /// Opens the database file, creating it or bringing it up to date. It is not the mailbox store's file, whose writer stands behind no gate of
    /// ours, but may lie in the same folder, which that store's lock then keeps for this process.
    /// </summary>
    /// <exception cref="StoreOpenException">A newer version wrote it.</exception>
    public static GatedSqliteDataSource Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using (SqliteDatabase.Open(path, "PRAGMA journal_mode = WAL")) SchemaMigration.Run(path, "Orleans");
        return new(new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString);
    }

    protected override DbConnection CreateDbConnection() => new GatedSqliteConnection(ConnectionString, _gate);

    protected override void Dispose(bool disposing)
    {
        if (disposing) Release();
        base.Dispose(disposing);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        Release();
        return base.DisposeAsyncCore();
    }

    private void Release()
    {
        // Pooled handles keep the file open.
        using (var connection = new SqliteConnection(ConnectionString)) SqliteConnection.ClearPool(connection);
        _gate.Dispose();
    }
}
