using MailGrains.Grains.Contracts.Archive;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Archive;

/// <summary>Keeps retention going: every silo asks for it, one carries it out.</summary>
internal sealed class RetentionTicks(IGrainFactory grains, TimeProvider time, ILogger<RetentionTicks> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await grains.GetGrain<IRetentionGrain>(0).RunAsync();
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Log.RetentionFailed(logger, failure);
            }
        }
    }
}
