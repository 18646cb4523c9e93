namespace MailGrains.Hosting;

/// <summary>
/// Lets a node that is told to stop go on for a while with everything but being ready: a load balancer asks only now and then, and sends new clients here until
/// it has seen that. Sessions get their goodbye afterwards.
/// </summary>
internal sealed class StopDelay(TimeSpan delay, TimeProvider time, ILogger<StopDelay> log) : IHostedLifecycleService
{
    /// <summary>Longer than from one question of a load balancer to the next: HAProxy asks every two seconds.</summary>
    public static readonly TimeSpan InCluster = TimeSpan.FromSeconds(3);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs before anything is stopped. The end of the process was asked for already, which is what readiness looks at.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (delay == TimeSpan.Zero) return;
        log.StopsSoon(delay);
        await Task.Delay(delay, time, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
