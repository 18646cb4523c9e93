namespace MailGrains.Hosting.Stores;

/// <summary>Lets a collector of bodies do a pass, again and again.</summary>
internal sealed class BodyCollection(Func<CancellationToken, Task> pass, TimeProvider time, ILogger<BodyCollection> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await pass(stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                log.CollectionFailed(failed);
            }
        }
    }
}
