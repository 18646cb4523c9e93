using MailGrains.Evidence.Retention;
using Microsoft.Extensions.Hosting;

namespace MailGrains.Frontends.Http.Evidence;

/// <summary>Keeps the retention of the log going. Every silo with the log's key does it; of two that remove the same, one gets on.</summary>
internal sealed class LogRetentionTimer(LogRetention retention, TimeSpan period, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await retention.RunAsync(stoppingToken);
    }
}
