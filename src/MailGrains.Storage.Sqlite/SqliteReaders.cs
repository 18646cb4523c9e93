using System.Collections.Concurrent;
using MailGrains.Storage.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace MailGrains.Storage.Sqlite;

/// <summary>Reading connections: as many as threads read at once, a few kept for the next. Readers wait for nobody in WAL mode.</summary>
internal sealed class SqliteReaders(string path, SqliteTuning options) : IDisposable
{
    private readonly ConcurrentStack<SqliteDatabase> _idle = [];
    private int _idleCount;
    private volatile bool _disposed;

    /// <summary>Reads on the caller's thread.</summary>
    public T Read<T>(Func<SqliteDatabase, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SqliteDatabase? database = null;
        try
        {
            database = Rent();
            var result = read(database);
            GiveBack(database);
            return result;
        }
        catch (Exception e)
        {
            // A statement may stand in the middle of its rows and hold a snapshot: don't keep it.
            database?.Dispose();
            if (e is SqliteException) throw new StoreUnavailableException("The store can't be read now.", e);
            throw;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryPop(out var database)) database.Dispose();
    }

    private SqliteDatabase Rent()
    {
        if (!_idle.TryPop(out var database))
            return SqliteDatabase.Open(path, "PRAGMA query_only = ON", $"PRAGMA cache_size = -{options.ReaderCacheBytes / 1024}");
        Interlocked.Decrement(ref _idleCount);
        return database;
    }

    private void GiveBack(SqliteDatabase database)
    {
        if (_disposed || Interlocked.Increment(ref _idleCount) > options.IdleReaders)
        {
            Interlocked.Decrement(ref _idleCount);
            database.Dispose();
            return;
        }

        _idle.Push(database);
    }
}
