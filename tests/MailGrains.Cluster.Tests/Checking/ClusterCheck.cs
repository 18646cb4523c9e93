using System.Diagnostics;
using MailGrains.Cluster.Tests.Cluster;
using MailGrains.Cluster.Tests.Faults;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;

namespace MailGrains.Cluster.Tests.Checking;

/// <summary>
/// Load and faults, round by round; after each, everything is mended and read, and compared with what clients were told and with the event log; at the end
/// with the archive and the evidence too.
/// </summary>
internal sealed class ClusterCheck(ClusterProcesses cluster, int seed, FaultTimes times, Action<string> report)
{
    private static readonly string[] Users = [.. Enumerable.Range(1, 8).Select(n => $"user{n}@example.org")];

    /// <summary>Calls of clients that are gone may be under way still, in frontends that repeat them.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan QuietPatience = TimeSpan.FromMinutes(2);

    private readonly Checker _checker = new();
    private readonly EventLogCheck _log = new(cluster.ConnectionString);
    private int _acknowledged;

    public Task PrepareAsync() => cluster.AddAccountsAsync(LoadRun.Password, Users);

    /// <summary>Returns what is wrong; empty is good.</summary>
    public async Task<IReadOnlyList<string>> RoundAsync(int round, TimeSpan faults, CancellationToken cancellation)
    {
        var load = new ClusterLoad(cluster, _checker, Users, round);
        var harm = new FaultMaker(cluster, seed + round, times);
        load.Start(cancellation);
        await load.Run.Working.WaitAsync(cancellation);
        await harm.RunAsync(faults, cancellation);
        await load.StopAsync();
        await harm.MendAsync();
        var problems = new List<string>([.. load.Run.Surprises, .. harm.Problems]);
        _acknowledged += load.Run.AcknowledgedCount;
        report($"round {round}: {load.Run.AcknowledgedCount} operations acknowledged, {load.Run.BrokenCount} connections broke\n  "
            + string.Join("\n  ", harm.Done.Concat(load.Run.Refusals.Select(r => $"{r.Value} × {r.Key}"))));
        problems.AddRange(await CheckAsync(cancellation));
        return problems;
    }

    /// <summary>A last look after all nodes were stopped in order and started again.</summary>
    public async Task<IReadOnlyList<string>> EndAsync(CancellationToken cancellation)
    {
        var problems = new List<string>();
        foreach (var node in cluster.Nodes.Reverse().Where(n => n.Process.IsRunning))
            if (await node.StopAsync() is { } problem) problems.Add(problem);
        await Task.WhenAll(cluster.Nodes.Select(n => n.Process.StartAsync()));
        problems.AddRange(await CheckAsync(cancellation));
        problems.AddRange(await CheckArchiveAsync(cancellation));
        var verified = await cluster.RunAsync(cluster.Frontends[0], "", "verify", "--json");
        if (verified.ExitCode != 0) problems.Add(verified.ToString());
        report($"seed {seed}: {_acknowledged} operations acknowledged, {_checker.Histories.Count()} messages, {problems.Count} problems");
        return problems;
    }

    private async Task<List<string>> CheckAsync(CancellationToken cancellation)
    {
        await WaitForQuietAsync(cancellation);
        var unanswered = _checker.Histories.Where(h => h.Delivered && !h.IsCertain).ToList();
        var node = cluster.Frontends[0];
        var problems = _checker.Check(await MailboxReader.ReadAsync(node.Ports.Imap, Users, cancellation)).ToList();
        problems.AddRange(await _log.ProblemsAsync(cancellation));
        var (expected, found) = (ExpectedEvents.Count(_checker.Histories), await _log.CountsAsync(cancellation));
        if (!expected.SequenceEqual(found)) problems.Add($"Events should be {string.Join(", ", expected)}; they are {string.Join(", ", found)}");

        // What an MTA got no answer for it delivers again; the next look shows whether that doubled anything.
        using var lmtp = await RawLmtp.ConnectAsync(node.Ports.Lmtp, cancellation);
        foreach (var history in unanswered) await LmtpLoad.DeliverAgainAsync(lmtp, history, cancellation);
        return problems;
    }

    private async Task<List<string>> CheckArchiveAsync(CancellationToken cancellation)
    {
        var end = new NodeEnd(cluster, cluster.Silos[0]);
        await ArchiveCheck.CaughtUpAsync(end, cancellation);
        var archive = await ArchiveCheck.OfAsync(end, _checker.Histories);
        var (events, entries) = await _log.ArrivalsAsync(cancellation);
        report(archive.Counts(events, entries));
        var problems = archive.Problems(events, entries).ToList();
        if (await _log.MissingTextsAsync(cancellation) is > 0 and var missing) problems.Add($"{missing} messages are not in the full-text index");
        report(await EvidenceExport.VerifyAsync(end, "end", archive.Receipts, cancellation));
        return problems;
    }

    private async Task WaitForQuietAsync(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var before = await _log.CountsAsync(cancellation);
        while (true)
        {
            await Task.Delay(Quiet, cancellation);
            var now = await _log.CountsAsync(cancellation);
            if (now.SequenceEqual(before)) return;
            before = now;
            if (Stopwatch.GetElapsedTime(started) > QuietPatience) throw new TimeoutException("The log still grows, with no client left.");
        }
    }
}
