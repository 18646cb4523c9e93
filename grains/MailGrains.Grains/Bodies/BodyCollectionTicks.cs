using MailGrains.Grains.Contracts.Bodies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Bodies;

/// <summary>Keeps the collection of bodies going: every silo asks for it, one carries it out.</summary>
internal sealed class BodyCollectionTicks(IGrainFactory grains, TimeProvider time, ILogger<BodyCollectionTicks> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await grains.GetGrain<IBodyCollectionGrain>(0).RunAsync();
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.BodyCollectionFailed(logger, failure);
            }
        }
    }
}
