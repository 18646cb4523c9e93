using MailGrains.Grains.Contracts.Cluster;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Cluster;

/// <summary>
/// Empties this silo. Every second, until it is stopped:
/// <list type="number">
/// <item>tell the other silos, so that none places a mailbox here, those that have just come among them;</item>
/// <item>let the mailboxes that are here go, a slice at a time: each is claimed by the silo it goes to, and those are not to be overrun.</item>
/// </list>
/// </summary>
internal sealed class NodeDrain(
    ILocalSiloDetails local,
    ISiloStatusOracle silos,
    DrainingNodes draining,
    MailboxCensus census,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<NodeDrain> log)
    : INodeDrain, IDisposable
{
    private const int Slice = 64;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>A mailbox that is busy for longer is left to the next round.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _switching = new();
    private TaskCompletionSource _emptied = NotEmpty();
    private CancellationTokenSource? _running;

    /// <summary>Completes when a round of the draining that was begun last left no mailbox here.</summary>
    public Task Emptied => _emptied.Task;

    public bool IsDraining => draining.Contains(local.SiloAddress);

    /// <summary>Begins. When it returns, every silo of the cluster has been told.</summary>
    /// <returns>False: there is no silo left that would take the mailboxes.</returns>
    public async Task<bool> StartAsync()
    {
        if (!Others().Any(silo => !draining.Contains(silo))) return false;
        lock (_switching)
        {
            if (_running is not null) return true;
            _running = new CancellationTokenSource();
            _emptied = NotEmpty();
            draining.Set(local.SiloAddress, drains: true);
        }

        Log.DrainBegan(log, census.Mailboxes);
        var stop = _running.Token;
        await TellAsync(drains: true);
        Task.Run(() => RunAsync(stop), CancellationToken.None).Ignore();
        return true;
    }

    public async Task StopAsync()
    {
        lock (_switching)
        {
            if (_running is null) return;
            _running.Cancel();
            _running.Dispose();
            _running = null;
            draining.Set(local.SiloAddress, drains: false);
        }

        Log.DrainEnded(log);
        await TellAsync(drains: false);
    }

    public void Dispose()
    {
        lock (_switching) _running?.Cancel();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            // 1.
            await TellAsync(drains: true);

            // 2.
            foreach (var slice in census.Activations().Chunk(Slice)) await MoveAsync(slice, stop);
            if (census.Mailboxes == 0) _emptied.TrySetResult();
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    private async Task MoveAsync(IGrainContext[] slice, CancellationToken stop)
    {
        foreach (var mailbox in slice) mailbox.Migrate([], stop);
        try
        {
            await Task.WhenAll(slice.Select(mailbox => mailbox.Deactivated)).WaitAsync(Patience, time, stop);
        }
        catch (TimeoutException)
        {
            // The next round tries again.
        }
    }

    private static TaskCompletionSource NotEmpty() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IEnumerable<SiloAddress> Others() =>
        silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(silo => !silo.Equals(local.SiloAddress));

    private Task TellAsync(bool drains) => Task.WhenAll(Others().Select(async silo =>
    {
        try
        {
            await grains.GetGrain<INodeGrain>(silo.ToParsableString()).HearAsync(local.SiloAddress.ToParsableString(), drains);
        }
        catch (Exception failure)
        {
            Log.DrainNotTold(log, failure, silo);
        }
    }));
}
