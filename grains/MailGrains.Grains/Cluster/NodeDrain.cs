using MailGrains.Grains.Contracts.Cluster;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Cluster;

/// <summary>
/// Empties this silo. Every second, until it is stopped:
/// <list type="number">
/// <item>let the mailboxes that are here go, a slice at a time: each is claimed by the silo it goes to, and those are not to be overrun;</item>
/// <item>tell the other silos again that none is to place a mailbox here: some may have just come.</item>
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
    private TaskCompletionSource _finished = Unfinished();
    private CancellationTokenSource? _running;

    /// <summary>Completes when the draining that was begun last has left no mailbox here, or finds no silo that takes any.</summary>
    public Task Finished => _finished.Task;

    public bool IsDraining => draining.Contains(local.SiloAddress);

    /// <summary>Begins. When it returns, every silo of the cluster has been told.</summary>
    /// <returns>False: there is no silo left that would take the mailboxes.</returns>
    public async Task<bool> StartAsync()
    {
        if (!HasTakers()) return false;
        lock (_switching)
        {
            if (_running is not null) return true;
            _running = new CancellationTokenSource();
            _finished = Unfinished();
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
        while (true)
        {
            // 1.
            var hasTakers = HasTakers();
            if (hasTakers)
                foreach (var slice in census.Activations().Chunk(Slice)) await MoveAsync(slice, stop);
            if (!hasTakers || census.Mailboxes == 0) _finished.TrySetResult();
            await timer.WaitForNextTickAsync(stop);

            // 2.
            await TellAsync(drains: true);
        }
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

    private static TaskCompletionSource Unfinished() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool HasTakers() => Others().Any(silo => !draining.Contains(silo));

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
