using MailGrains.Evidence.Signing;
using Microsoft.Extensions.Hosting;

namespace MailGrains.Frontends.Http.Evidence;

/// <summary>Lets the log be signed again and again.</summary>
internal sealed class CheckpointTimer(CheckpointRounds rounds, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(rounds.Period, time);
        do
        {
            await rounds.RunAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
