using MailGrains.Grains.Contracts.Subscribers;
using MailGrains.Storage.Events;
using MailGrains.Subscribers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Streams;

/// <summary>
/// Wakes the subscribers of all partitions when this silo has started and every half minute: one that is new or behind, or whose silo has died, catches up
/// although nothing is written.
/// </summary>
internal sealed class SubscriberNudges(
    IEventLog log, SubscriberSet subscribers, IGrainFactory grains, TimeProvider time, ILogger<SubscriberNudges> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await NudgeAllAsync();
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task NudgeAllAsync()
    {
        try
        {
            var keys = subscribers.SelectMany(s => Enumerable.Range(0, log.Partitions).Select(p => new SubscriberKey(s.Name, p)));
            await Task.WhenAll(keys.Select(k => grains.GetGrain<ISubscriberGrain>(k.ToString()).NudgeAsync()));
        }
        catch (Exception failure)
        {
            Log.NotNudged(logger, failure);
        }
    }
}
