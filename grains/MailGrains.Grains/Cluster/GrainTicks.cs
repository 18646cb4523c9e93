using Microsoft.Extensions.Hosting;

namespace MailGrains.Grains.Cluster;

/// <summary>Keeps work going that is done in one place of the cluster: every silo asks the grain for it, which carries it out.</summary>
internal abstract class GrainTicks(TimeSpan period, TimeProvider time) : BackgroundService
{
    protected abstract Task AskAsync();

    /// <summary>It is asked for again after the next period.</summary>
    protected abstract void Failed(Exception failure);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await AskAsync();
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(failure);
            }
        }
    }
}
