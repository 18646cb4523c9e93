using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Cluster;

/// <summary>
/// A silo that is told to stop gives its mailboxes away while it still works: in Orleans' own shutdown they would go when its connections are half
/// closed, and could not tell their sessions. Registered after Orleans, so that it is stopped before.
/// </summary>
internal sealed class DrainBeforeStop(NodeDrain drain, TimeProvider time, ILogger<DrainBeforeStop> log) : IHostedService
{
    /// <summary>Of the time a stopping node has. What is still here then is closed where it is.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A silo that hangs may keep this one from telling it.
            if (!await drain.StartAsync().WaitAsync(Limit, time, cancellationToken)) return;
            await drain.Finished.WaitAsync(Limit, time, cancellationToken);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            Log.StoppedBeforeEmpty(log);
        }
    }
}
