using System.Diagnostics;
using MailGrains.Cluster.Tests.Cluster;
using MailGrains.TestKit.Checking;

namespace MailGrains.Cluster.Tests.Scale;

/// <summary>A cluster of some size, and clients that use all its silos alike: client n is at silo n modulo their number.</summary>
internal sealed class ScaleRun : IAsyncDisposable
{
    private const int UserCount = 8;

    private readonly ClusterProcesses _cluster;
    private readonly Worker[] _workers;

    private ScaleRun(ClusterProcesses cluster, Worker[] workers) => (_cluster, _workers) = (cluster, workers);

    public int Silos => _cluster.Silos.Count;

    public static async Task<ScaleRun> StartAsync(int silos, int clients, CancellationToken cancellation)
    {
        var cluster = await ClusterProcesses.StartAsync(silos, frontends: 0, Relaying.None, CostMeter.NewServer());
        try
        {
            await CostMeter.PrepareAsync(cluster);
            string[] users = [.. Enumerable.Range(0, UserCount).Select(n => $"user{n}@example.org")];
            await cluster.AddAccountsAsync(LoadRun.Password, users);
            var workers = new List<Worker>();
            for (var n = 0; n < clients; n++)
            {
                var at = cluster.Silos[n % silos].Ports;
                // Each user's clients are at different silos.
                workers.Add(await Worker.OpenAsync(at.Imap, at.Lmtp, users[n / silos % UserCount], n, cancellation));
            }

            return new ScaleRun(cluster, [.. workers]);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>All clients at once for a while; how many operations a second, and what one costs.</summary>
    public async Task<(double Rate, Costs Each)> LoadAsync(Operation operation, TimeSpan time, CancellationToken cancellation)
    {
        var before = await CostMeter.ReadAsync(_cluster, cancellation);
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(_workers.Select(worker => Task.Run(() => RepeatAsync(worker, operation, started, time, cancellation), cancellation)));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var after = await CostMeter.ReadAsync(_cluster, cancellation);
        return (counts.Sum() / seconds, after.Each(before, counts.Sum()));
    }

    /// <summary>
    /// The clients one after the other, each some times, so that nothing is shared; what one operation costs. What the cluster does by itself in the same time,
    /// and on a slow machine that is long, is taken off.
    /// </summary>
    public async Task<Costs> AloneAsync(Operation operation, int times, CancellationToken cancellation)
    {
        var before = await CostMeter.ReadQuietAsync(_cluster, cancellation);
        var started = Stopwatch.GetTimestamp();
        foreach (var worker in _workers)
            for (var n = 0; n < times; n++) await worker.PerformAsync(operation, cancellation);
        var time = Stopwatch.GetElapsedTime(started);
        var after = await CostMeter.ReadAsync(_cluster, cancellation);
        var resting = await CostMeter.ReadQuietAsync(_cluster, cancellation);
        await Task.Delay(time, cancellation);
        var rested = await CostMeter.ReadAsync(_cluster, cancellation);
        var operations = _workers.Length * times;
        return after.Each(before, operations).Less(rested.Each(resting, operations));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers) worker.Dispose();
        await _cluster.DisposeAsync();
    }

    private static async Task<int> RepeatAsync(Worker worker, Operation operation, long started, TimeSpan time, CancellationToken cancellation)
    {
        var count = 0;
        for (; Stopwatch.GetElapsedTime(started) < time; count++) await worker.PerformAsync(operation, cancellation);
        return count;
    }
}
