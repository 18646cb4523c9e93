using MailGrains.Storage.Packs;

namespace MailGrains.Hosting.Stores;

/// <summary>Lets the collector of unused bodies run, again and again.</summary>
internal sealed class BodyCollection(BodyCollector collector, TimeProvider time, ILogger<BodyCollection> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await collector.RunAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                log.CollectionFailed(failed);
            }
        }
    }
}
