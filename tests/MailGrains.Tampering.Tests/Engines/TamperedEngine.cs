using MailGrains.Evidence.Notes;
using MailGrains.Evidence.Signing;
using MailGrains.Storage.Events;
using MailGrains.Tampering.Tests.History;
using MailGrains.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MailGrains.Tampering.Tests.Engines;

/// <summary>
/// A server on one engine that has had its <see cref="MailHistory"/> and was stopped: made once, when the first test asks; each test gets a copy.
/// </summary>
public abstract class TamperedEngine : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _older = new();
    private readonly SemaphoreSlim _making = new(1);
    private LogFacts? _facts;

    internal Auditor Auditor { get; } = new();

    /// <summary>What is in the log, once there is a copy.</summary>
    internal LogFacts Facts => _facts ?? throw new InvalidOperationException("There is no copy yet.");

    protected string Data => _data.Path;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Everything the server had when it was stopped.</summary>
    internal async Task<DatabaseCopy> CopyAsync()
    {
        await EnsureMadeAsync();
        return await CopyAsync(_data.Path, isOlder: false);
    }

    /// <summary>The database as it was before, with bodies, and what the server kept beside it: as it is now, or as it was then, too.</summary>
    internal async Task<DatabaseCopy> CopyOlderAsync(bool isDataFolderOlder)
    {
        await EnsureMadeAsync();
        return await CopyAsync(isDataFolderOlder ? _older.Path : _data.Path, isOlder: true);
    }

    /// <summary>A silo on a copy; nobody else may have it open.</summary>
    internal abstract SiloProcess SiloOn(DatabaseCopy copy);

    public virtual ValueTask DisposeAsync()
    {
        Auditor.Dispose();
        _data.Dispose();
        _older.Dispose();
        _making.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>The server the history happens on.</summary>
    private protected abstract Task<SiloProcess> PrepareAsync();

    /// <summary>Keeps the database as it is now: the server is stopped.</summary>
    private protected abstract Task KeepOlderAsync(string folder);

    /// <param name="folder">A data folder.</param>
    /// <param name="isOlder">Which of the two databases.</param>
    private protected abstract Task<DatabaseCopy> CopyAsync(string folder, bool isOlder);

    private protected static TemporaryFolder CopyOf(string folder)
    {
        var copy = new TemporaryFolder();
        CopyFolder(folder, copy.Path);
        return copy;
    }

    private protected static void CopyFolder(string from, string to)
    {
        foreach (var path in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, path)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)), overwrite: true);
    }

    private async Task EnsureMadeAsync()
    {
        await _making.WaitAsync();
        try
        {
            if (_facts is not null) return;
            await using var silo = await PrepareAsync();
            var history = new MailHistory(silo, Auditor);
            await silo.StartAsync();
            await history.BeginAsync(_older.Path);
            await silo.StopAsync();
            await KeepOlderAsync(_older.Path);
            await silo.StartAsync();
            await history.GoOnAsync();
            await silo.StopAsync();
            await using var copy = await CopyAsync(_data.Path, isOlder: false);
            _facts = await LogFacts.ReadAsync(copy);
        }
        finally
        {
            _making.Release();
        }
    }
}
