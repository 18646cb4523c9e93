using MailGrains.Storage.Commit;

namespace MailGrains.Silo;

/// <summary>
/// Before anything else is stopped the committer learns that the process ends. Sessions that wait for a store that is away, and the mailboxes behind them,
/// would else take up all the time there is for stopping.
/// </summary>
internal sealed class CommitterFarewell(IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Asked for only now: what was made last is disposed first, and the committer has to go before its store.
        services.GetRequiredService<Committer>().Leave();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
