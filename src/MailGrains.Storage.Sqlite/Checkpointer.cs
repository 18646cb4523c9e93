using MailGrains.Storage.Sqlite.Native;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Sqlite;

/// <summary>
/// Copies the WAL into the database. SQLite's own automatic checkpoints would do that on the writer, two fsyncs in the middle of
/// deliveries; here a second connection does nearly all of it beside the writer. The WAL can only start again from
/// its beginning when all of it has been copied, which under steady writing never happens by itself: at the limit the writer copies the
/// small rest, so that the WAL's size stays bounded.
/// </summary>
internal sealed class Checkpointer(string path, SqliteTuning options, ILogger log) : IDisposable
{
    private const int FrameBytes = 4096 + 24;

    private readonly Lock _lock = new();
    private readonly long _step = Math.Max(1, options.CheckpointBytes / FrameBytes);
    private readonly long _bound = Math.Max(1, options.WalLimitBytes / FrameBytes);
    private SqliteDatabase? _database;
    private Task _running = Task.CompletedTask;
    private long _frames;
    private long _uncopied;
    private long _limit = Math.Max(1, options.WalLimitBytes / FrameBytes);
    private bool _restarts;

    /// <summary>Called by the writer after a commit that wrote <paramref name="pages"/> pages, outside any transaction.</summary>
    public void Written(SqliteDatabase writer, int pages)
    {
        Task? toWaitFor = null;
        lock (_lock)
        {
            if (_restarts && pages > 0)
            {
                _frames = 0;
                _restarts = false;
            }

            _frames += pages;
            _uncopied += pages;
            if (_frames >= _limit) toWaitFor = _running;
            else if (_uncopied >= _step && _running.IsCompleted) _running = Task.Run(CopyInBackground);
        }

        if (toWaitFor is null) return;
        // The disk doesn't keep up: from here on mail comes in as fast as it can be copied.
        toWaitFor.GetAwaiter().GetResult();
        lock (_lock) Learn(writer.CheckpointPassively(), 0);
    }

    /// <summary>The writer has stopped and calls no more.</summary>
    public void Dispose()
    {
        _running.GetAwaiter().GetResult();
        _database?.Dispose();
    }

    private void CopyInBackground()
    {
        long before;
        lock (_lock) before = _uncopied;
        try
        {
            _database ??= SqliteDatabase.Open(path, "PRAGMA wal_autocheckpoint = 0", "PRAGMA synchronous = FULL");
            var result = _database.CheckpointPassively();
            lock (_lock) Learn(result, _uncopied - before);
        }
        catch (SqliteException e)
        {
            // The WAL keeps everything; the next commit tries again once it has grown by another step.
            log.CheckpointFailed(e, path);
            lock (_lock) _uncopied = 0;
        }
    }

    private void Learn((int Frames, int Copied) result, long writtenSince)
    {
        _frames = result.Frames + writtenSince;
        _uncopied = result.Frames - result.Copied + writtenSince;
        _restarts = _uncopied == 0;
        // A reader that holds an old snapshot keeps the WAL from being copied to its end: don't try again with every commit.
        _limit = _restarts || _frames < _bound ? _bound : _frames + _step;
    }
}
