using MailGrains.Storage.Sqlite.Native;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Sqlite;

/// <summary>
/// A database file beside the mail's, for what can be derived anew: a writer of its own, so that mail never waits for it, in WAL mode with
/// synchronous = FULL. One process at a time holds it, by <c>PATH.lock</c>. Its first script makes the table <c>meta</c>, as that of the mail does.
/// </summary>
internal sealed class SqliteFile : IAsyncDisposable
{
    private readonly IDisposable _lock;
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;

    private SqliteFile(string path, SqliteFileOptions options, IDisposable fileLock, ILogger log)
    {
        _lock = fileLock;
        _readers = new SqliteReaders(path, options);
        _writer = new SqliteWriter(path, options, log);
    }

    internal SqliteWriter Writer => _writer;

    /// <summary>Opens a file, creating or migrating it by the embedded scripts of <paramref name="folder"/>.</summary>
    /// <exception cref="StoreOpenException">Another process holds it, or a newer version wrote it.</exception>
    public static SqliteFile Open(string path, string folder, SqliteFileOptions options, ILogger log)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var fileLock = StoreLock.Take(full + ".lock", full);
        try
        {
            using (StoreFile.Migrate(full, folder))
            {
            }

            var file = new SqliteFile(full, options, fileLock, log);
            log.FileOpened(full);
            return file;
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    /// <summary>Reads in one snapshot of each statement, on a thread of the pool.</summary>
    /// <exception cref="StoreUnavailableException">The file can't be read now.</exception>
    public Task<T> ReadAsync<T>(Func<SqliteDatabase, T> read, CancellationToken cancellation) => Task.Run(() => _readers.Read(read), cancellation);

    /// <summary>Reads on the caller's thread, for what takes microseconds.</summary>
    /// <exception cref="StoreUnavailableException">The file can't be read now.</exception>
    public T Read<T>(Func<SqliteDatabase, T> read) => _readers.Read(read);

    /// <inheritdoc cref="SqliteWriter.RunAsync{T}"/>
    public Task<T> WriteAsync<T>(Func<SqliteDatabase, T> work, CancellationToken cancellation) => _writer.RunAsync(work, cancellation);

    /// <summary>Finishes what was handed in, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.Run(_writer.Dispose);
        _readers.Dispose();
        _lock.Dispose();
    }
}
