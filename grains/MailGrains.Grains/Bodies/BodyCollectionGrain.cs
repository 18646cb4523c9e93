using MailGrains.Grains.Cluster;
using MailGrains.Grains.Contracts.Bodies;
using MailGrains.Storage.Bodies;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Bodies;

/// <inheritdoc cref="IBodyCollectionGrain"/>
[NotOnDrainingNodes]
internal sealed class BodyCollectionGrain(UnusedBodiesWalk walk, ILogger<BodyCollectionGrain> logger) : Grain, IBodyCollectionGrain
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private bool _isRunning;

    public async Task RunAsync()
    {
        if (_isRunning) return;
        _isRunning = true;
        try
        {
            var deleted = await walk.GoOnAsync(Longest, CancellationToken.None);
            if (deleted.Count > 0) Log.BodiesDeleted(logger, deleted.Count, deleted.StoredBytes);
        }
        finally
        {
            _isRunning = false;
        }
    }
}
