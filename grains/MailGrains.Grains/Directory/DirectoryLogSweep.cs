using MailGrains.Storage.Accounts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Directory;

/// <summary>
/// Begins the directory's log with how everything is, says so again from time to time where the log's beginning is removed, and brings what a crash left owed.
/// Several nodes may do it at once.
/// </summary>
internal sealed class DirectoryLogSweep(
    IDirectoryActStore acts, IGrainFactory grains, DirectoryLogOptions options, TimeProvider time, ILogger<DirectoryLogSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(10);

    private DateTimeOffset _askedUntil;

    internal async Task SweepAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (now >= _askedUntil)
        {
            await acts.SnapshotAsync(now, options.SnapshotEvery is { } every ? now - every : DateTimeOffset.MinValue, cancellation);
            _askedUntil = options.SnapshotEvery is null ? DateTimeOffset.MaxValue : now + AskAgain;
        }

        if ((await acts.ReadActsAsync(1, cancellation)).Count > 0) await DirectoryLogs.BringAllAsync(grains);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.DirectorySweepFailed(logger, failure);
            }

            await Task.Delay(Rest, time, stoppingToken);
        }
    }
}
