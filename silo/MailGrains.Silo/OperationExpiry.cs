using MailGrains.Storage.Mailboxes;

namespace MailGrains.Silo;

/// <summary>Forgets, once an hour, operations that nobody will repeat any more.</summary>
internal sealed class OperationExpiry(IMailboxStore store, TimeProvider time, ILogger<OperationExpiry> log) : BackgroundService
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var count = await store.ForgetOperationsAsync(time.GetUtcNow() - Remembered, stoppingToken);
                log.OperationsForgotten(count);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                log.ExpiryFailed(failed);
            }
        }
    }
}
