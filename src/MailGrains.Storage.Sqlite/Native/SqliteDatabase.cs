using System.Reflection;
using MailGrains.Storage.Relational;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MailGrains.Storage.Sqlite.Native;

/// <summary>
/// One connection, driven through SQLite's own calls: a delivery is a dozen statements of about a microsecond each, and the ADO.NET layer
/// costs as much again for each of them. One thread at a time.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    /// <summary>SQLITE_CONFIG_MEMSTATUS of sqlite3.h.</summary>
    private const int SqliteConfigMemoryStatus = 9;

    private readonly sqlite3 _handle;
    private readonly Dictionary<string, SqliteStatement> _statements = [];

    static SqliteDatabase()
    {
        Batteries_V2.Init();

        // Counting octets for statistics nobody reads takes a lock at each allocation. Refused, without harm, when somebody has used SQLite before.
        _ = raw.sqlite3_config(SqliteConfigMemoryStatus, 0);
    }

    private SqliteDatabase(sqlite3 handle) => _handle = handle;

    /// <summary>This engine's statements and scripts.</summary>
    public static SqlText Sql { get; } = new(Assembly.GetExecutingAssembly());

    /// <summary>True outside a transaction; SQLite rolls back by itself on some errors.</summary>
    public bool InAutoCommit => raw.sqlite3_get_autocommit(_handle) != 0;

    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>The number of the row inserted last.</summary>
    public long LastRow => raw.sqlite3_last_insert_rowid(_handle);

    /// <param name="path">The database file; made when it is not there.</param>
    /// <param name="pragmas">Statements that set the connection up.</param>
    public static SqliteDatabase Open(string path, params ReadOnlySpan<string> pragmas)
    {
        const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out var handle, Flags, null);
        var database = new SqliteDatabase(handle);
        try
        {
            database.Check(code);
            database.Check(raw.sqlite3_extended_result_codes(handle, 1));
            database.Check(raw.sqlite3_busy_timeout(handle, 5000));
            foreach (var pragma in pragmas) database.Execute(pragma);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Execute(string sql)
    {
        using var statement = Prepare(sql, 0);
        while (statement.Step())
        {
        }
    }

    /// <summary>The named statement of Statements.sql, prepared once for this connection's life.</summary>
    public SqliteStatement Statement(string name)
    {
        if (_statements.TryGetValue(name, out var statement)) return statement;
        return _statements[name] = Prepare(Sql.Statement(name), raw.SQLITE_PREPARE_PERSISTENT);
    }

    /// <summary>How many pages this connection has written to the WAL since the last call.</summary>
    public int TakePagesWritten()
    {
        Check(raw.sqlite3_db_status(_handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1));
        return pages;
    }

    /// <summary>Copies what it can from the WAL to the database without waiting for anybody: (frames in the WAL, frames copied).</summary>
    public (int Frames, int Copied) CheckpointPassively()
    {
        Check(raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var frames, out var copied));
        return (frames, copied);
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _statements.Clear();
        _handle.Dispose();
    }

    internal void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE) return;
        throw new SqliteException($"SQLite error {code}: {raw.sqlite3_errmsg(_handle).utf8_to_string()}", code & 0xFF, code);
    }

    private SqliteStatement Prepare(string sql, uint flags)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, flags, out var handle));
        return new SqliteStatement(this, handle);
    }
}
