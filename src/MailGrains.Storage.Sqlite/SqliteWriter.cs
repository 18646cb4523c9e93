using MailGrains.Storage.Sqlite.Native;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Sqlite;

/// <summary>
/// The one writing connection, on a thread of its own: transactions queue up for it and never meet SQLITE_BUSY, and no caller's
/// thread waits in an fsync. After a failure other than a full disk the connection is opened anew.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    // A monitor and not a BlockingCollection, whose spinning costs a tenth of a processor under load.
    private readonly Queue<Action> _jobs = [];
    private readonly string _path;
    private readonly SqliteTuning _options;
    private readonly ILogger _log;
    private readonly Action? _rolledBack;
    private readonly Checkpointer _checkpointer;
    private readonly Thread _thread;
    private SqliteDatabase? _database;
    private bool _failing;
    private bool _closing;

    /// <param name="path">A file that is there, with its schema.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="log">Where failures go.</param>
    /// <param name="rolledBack">Called on the writer's thread after a rollback: what works remember of the file may be wrong.</param>
    public SqliteWriter(string path, SqliteTuning options, ILogger log, Action? rolledBack = null)
    {
        _path = path;
        _options = options;
        _log = log;
        _rolledBack = rolledBack;
        _checkpointer = new Checkpointer(path, options, log);
        Open();
        _thread = new Thread(Work) { IsBackground = true, Name = "MailGrains SQLite writer" };
        _thread.Start();
    }

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction of its own; the task ends when that is on stable storage. When it fails nothing of it is.
    /// A cancellation counts until the work starts.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store can't be written now. Every other exception is the work's own.</exception>
    public Task<T> RunAsync<T>(Func<SqliteDatabase, T> work, CancellationToken cancellation) => RunAsync(work, Task.CompletedTask, cancellation);

    /// <summary>The same for work that counts only together with bodies on their way to stable storage: they are waited for before the COMMIT.</summary>
    /// <exception cref="StoreUnavailableException">The store can't be written now. Every other exception is that of the work or of the bodies.</exception>
    public Task<T> RunAsync<T>(Func<SqliteDatabase, T> work, Task bodies, CancellationToken cancellation)
    {
        // Continuations elsewhere: the writer has other things to do.
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var accepted = TryEnqueue(() =>
        {
            if (cancellation.IsCancellationRequested)
            {
                done.SetCanceled(cancellation);
                return;
            }

            try
            {
                done.SetResult(Transact(work, bodies));
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        if (!accepted) done.SetException(new StoreUnavailableException("The store is closed."));
        return done.Task;
    }

    /// <summary>Makes writing fail as on a full disk once the database has this many pages, for tests.</summary>
    public void LimitPages(long pages) => TryEnqueue(() => _database?.Execute($"PRAGMA max_page_count = {pages}"));

    public void Dispose()
    {
        lock (_jobs)
        {
            _closing = true;
            Monitor.Pulse(_jobs);
        }

        _thread.Join();
        _checkpointer.Dispose();
        Close();
    }

    private bool TryEnqueue(Action job)
    {
        lock (_jobs)
        {
            if (_closing) return false;
            _jobs.Enqueue(job);
            Monitor.Pulse(_jobs);
            return true;
        }
    }

    private void Work()
    {
        while (true)
        {
            Action? job;
            lock (_jobs)
            {
                while (!_jobs.TryDequeue(out job))
                {
                    if (_closing) return;
                    Monitor.Wait(_jobs);
                }
            }

            job();
        }
    }

    private T Transact<T>(Func<SqliteDatabase, T> work, Task bodies)
    {
        var (waiting, committing) = (false, false);
        try
        {
            Open();
            _database!.Statement("Begin").Run();
            var result = work(_database);
            waiting = true;
            bodies.GetAwaiter().GetResult();
            waiting = false;
            _options.BeforeCommit?.Invoke();
            committing = true;
            _database.Statement("Commit").Run();
            Committed();
            return result;
        }
        catch (Exception e)
        {
            // Nothing is wrong here when bodies are lost. A full disk fails every group until there is space: say it once.
            if (waiting) _log.BodiesNotDurable(e, _path);
            else if (!_failing) _log.WriteFailed(e, _path);
            _failing |= !waiting;
            RollBack(e, committing);
            if (waiting || IsOfTheWork(e)) throw;
            throw new StoreUnavailableException("The store can't be written now.", e);
        }
    }

    /// <summary>Whether the work itself is impossible: whatever else shares its transaction can be written without it.</summary>
    private static bool IsOfTheWork(Exception failure) => failure switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode
            is SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_TOOBIG or SQLitePCL.raw.SQLITE_MISMATCH or SQLitePCL.raw.SQLITE_RANGE,
        _ => failure is not IOException,
    };

    private void Committed()
    {
        if (_failing) _log.WriteRecovered(_path);
        _failing = false;
        try
        {
            _checkpointer.Written(_database!, _database!.TakePagesWritten());
        }
        catch (Exception e)
        {
            // What was committed is committed; copying it can wait.
            _log.CheckpointFailed(e, _path);
        }
    }

    private void RollBack(Exception cause, bool committing)
    {
        try
        {
            if (_database is null) return;
            if (!_database.InAutoCommit) _database.Statement("Rollback").Run();
            _rolledBack?.Invoke();
            if (committing) OverwriteFailedCommit();
            if (cause is not SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_IOERR }) return;
        }
        catch (SqliteException e)
        {
            _log.WriteFailed(e, _path);
        }

        Close();
    }

    /// <summary>
    /// A commit whose fsync failed stands whole in the WAL, only not counted. Were the process to end now, recovery would find it
    /// and show what was reported as failed; so write something else in its place. Every later transaction would do the same.
    /// </summary>
    private void OverwriteFailedCommit()
    {
        var count = _database!.Statement("ReadMeta").Bind(1, "failed_commits").RunScalar() ?? 0;
        _database.Statement("Begin").Run();
        _database.Statement("WriteMeta").Bind(1, "failed_commits").Bind(2, count + 1).Run();
        _database.Statement("Commit").Run();
    }

    private void Open()
    {
        if (_database is not null) return;
        _database = SqliteDatabase.Open(
            _path,
            "PRAGMA synchronous = FULL",
            "PRAGMA wal_autocheckpoint = 0",
            $"PRAGMA journal_size_limit = {_options.WalLimitBytes}",
            "PRAGMA temp_store = MEMORY",
            $"PRAGMA cache_size = -{_options.WriterCacheBytes / 1024}");
    }

    private void Close()
    {
        _database?.Dispose();
        _database = null;
    }
}
