using System.Diagnostics;
using System.Globalization;
using MailGrains.Cluster.Tests.Cluster;
using MailGrains.Cluster.Tests.Relays;

namespace MailGrains.Cluster.Tests.Faults;

/// <summary>Does random harm to a cluster, one fault after the other, each mended before the next. The same seed does the same harm.</summary>
internal sealed class FaultMaker(ClusterProcesses cluster, int seed, FaultTimes times)
{
    private static readonly FaultKind[] Kinds = Enum.GetValues<FaultKind>();
    private static readonly TimeSpan TrapPatience = TimeSpan.FromSeconds(2);

    /// <summary>How long a process that was taken for dead may need to notice it.</summary>
    private static readonly TimeSpan Noticing = TimeSpan.FromSeconds(3);

    private readonly Random _random = new(seed);
    private readonly Queue<FaultKind> _next = new();

    /// <summary>What was done, in order.</summary>
    public List<string> Done { get; } = [];

    /// <summary>Ways processes ended that a user would complain about.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Goes on until the time is over; then everything is mended.</summary>
    public async Task RunAsync(TimeSpan duration, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            await Task.Delay(Between(TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(2)), cancellation);
            await MakeAsync(Stopwatch.GetElapsedTime(started), cancellation);
        }
    }

    /// <summary>Starts again what ended.</summary>
    public async Task MendAsync()
    {
        foreach (var node in cluster.Nodes) node.HealNetwork();
        await cluster.Postgres.EnsureStartedAsync();
        foreach (var node in cluster.Nodes.Where(n => !n.Process.IsRunning)) await StartAgainAsync(node);
    }

    private async Task MakeAsync(TimeSpan at, CancellationToken cancellation)
    {
        // Every kind comes once before one comes twice.
        if (_next.Count == 0)
            foreach (var one in _random.GetItems(Kinds, Kinds.Length).Concat(Kinds).Distinct()) _next.Enqueue(one);
        var kind = _next.Dequeue();
        var silo = Any(cluster.Silos);
        var node = kind is FaultKind.KillFrontend or FaultKind.HangFrontend or FaultKind.StopFrontend ? Any(cluster.Frontends) : silo;
        var lasts = Between(times.Least, times.Most);
        var began = Stopwatch.GetTimestamp();
        await MakeAsync(kind, node, lasts, cancellation);
        var made = Stopwatch.GetElapsedTime(began);
        await MendAsync();
        var mended = Stopwatch.GetElapsedTime(began);
        Done.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{at.TotalSeconds:F1} s: {kind} {node.Name}, over after {made.TotalSeconds:F1} s, mended after {mended.TotalSeconds:F1} s"));
    }

    private async Task MakeAsync(FaultKind kind, ClusterNode node, TimeSpan lasts, CancellationToken cancellation)
    {
        switch (kind)
        {
            case FaultKind.KillSilo or FaultKind.KillFrontend:
                await node.Process.KillAsync();
                break;
            case FaultKind.HangSilo or FaultKind.HangFrontend:
                await HangAsync(node, lasts, cancellation);
                break;
            case FaultKind.StopSilo or FaultKind.StopFrontend:
                if (await node.StopAsync() is { } problem) Problems.Add(problem);
                break;
            case FaultKind.RestartDatabase:
                await cluster.Postgres.RestartAsync();
                break;
            case FaultKind.KillDatabase:
                await cluster.Postgres.KillAsync();
                break;
            case FaultKind.BreakDatabaseConnections:
                node.Database.Break();
                break;
            case FaultKind.LoseAnswerToCommit:
                node.Database.Trap.LoseNextAnswer();
                await Task.Delay(TrapPatience, cancellation);
                break;
            case FaultKind.TearCommit:
                node.Database.Trap.TearNextRequest();
                await Task.Delay(TrapPatience, cancellation);
                break;
            case FaultKind.StallDatabaseConnections:
                node.Database.Gate.Close();
                await Task.Delay(lasts, cancellation);
                break;
            case FaultKind.CutSiloOff:
                CutOff(node);
                await Task.Delay(lasts, cancellation);
                await HealAsync(node, cancellation);
                break;
        }
    }

    private async Task HangAsync(ClusterNode node, TimeSpan lasts, CancellationToken cancellation)
    {
        await node.Process.SignalAsync("STOP");
        await Task.Delay(lasts, cancellation);
        await node.Process.SignalAsync("CONT");
        await Task.Delay(Noticing, cancellation);
    }

    /// <summary>From the other silos, in both directions; the database and the frontends reach it still.</summary>
    private void CutOff(ClusterNode cut)
    {
        var own = cut.Process.Id;
        var others = cluster.Silos.Where(s => s != cut).Select(s => s.Process.Id).ToList();
        cut.Peers!.Cut(client => others.Exists(id => SocketOwners.IsOf(id, client.Port)));
        foreach (var other in cluster.Silos.Where(s => s != cut)) other.Peers!.Cut(client => SocketOwners.IsOf(own, client.Port));
    }

    private static async Task HealAsync(ClusterNode cut, CancellationToken cancellation)
    {
        cut.HealNetwork();
        await Task.Delay(Noticing, cancellation);
    }

    private async Task StartAgainAsync(ClusterNode node)
    {
        if (node.Process.HasEnded) Done.Add($"       {node.Name} ended by itself with {await node.Process.EndedAsync()}");
        await node.Process.StartAsync();
    }

    private ClusterNode Any(IReadOnlyList<ClusterNode> nodes) => nodes[_random.Next(nodes.Count)];

    private TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * _random.NextDouble());
}
