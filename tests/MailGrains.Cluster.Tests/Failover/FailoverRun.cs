using System.Diagnostics;
using MailGrains.Cluster.Tests.Cluster;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;

namespace MailGrains.Cluster.Tests.Failover;

/// <summary>
/// Two silos and a frontend process. One silo after the other goes away and comes back, so that all mailboxes move each time; sessions at the
/// frontend watch.
/// </summary>
internal sealed class FailoverRun(ClusterProcesses cluster)
{
    private static readonly string[] Users = [.. Enumerable.Range(1, 8).Select(n => $"user{n}@example.org")];
    private static readonly string[] Readers = [.. Enumerable.Range(1, 4).Select(n => $"reader{n}@example.org")];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What still happens after every mailbox has answered belongs to the failover too.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    private int _round;

    private int Imap => cluster.Frontends[0].Ports.Imap;

    public Task PrepareAsync() => cluster.AddAccountsAsync(LoadRun.Password, [.. Users, .. Readers]);

    public async Task<FailoverResult> OnceAsync(FailureKind kind, CancellationToken cancellation)
    {
        var victim = cluster.Silos[_round++ % 2];
        var waiting = await Task.WhenAll(Users.Select(u => WaitingSession.OpenAsync(Imap, u, cancellation)));
        var numbered = await Task.WhenAll(Readers.Select(u => NumberedSession.OpenAsync(Imap, u, cancellation)));
        var probes = Users.Select(u => new Probe(Imap, u)).ToList();
        using var ended = new CancellationTokenSource();
        var running = probes.ConvertAll(p => p.RunAsync(ended.Token));
        foreach (var probe in probes) probe.Mark();
        await UntilAnsweredAsync(probes, running, cancellation);

        foreach (var probe in probes) probe.Mark();
        var at = TimeProvider.System.GetUtcNow();
        var leaving = await FailAsync(victim, kind);
        await UntilAnsweredAsync(probes, running, cancellation);
        await leaving;
        await Task.Delay(Aftermath, cancellation);
        var (announced, lostIdles) = await DeliverAsync(waiting, cancellation);
        await ended.CancelAsync();
        var lost = lostIdles.Concat(await Task.WhenAll(running.Concat(numbered.Select(n => n.LoseFirstAsync(cancellation))).Select(LossAsync)))
            .OfType<string>().ToList();
        foreach (var session in waiting) session.Dispose();
        foreach (var session in numbered) session.Dispose();
        var result = new FailoverResult(
            kind, at, probes.Max(p => p.Longest), announced, lost, [.. probes.SelectMany(p => p.Refusals)], numbered.Count(n => n.WasRefused));

        if (kind == FailureKind.Hang) await victim.Process.KillAsync();
        await victim.Process.StartAsync();
        return result;
    }

    /// <summary>Returns, when the harm is done, a task for what the silo does on its way out.</summary>
    private static async Task<Task> FailAsync(ClusterNode victim, FailureKind kind)
    {
        switch (kind)
        {
            case FailureKind.Kill:
                await victim.Process.KillAsync();
                return Task.CompletedTask;
            case FailureKind.Hang:
                await victim.Process.SignalAsync("STOP");
                return Task.CompletedTask;
            default:
                return victim.Process.StopAsync();
        }
    }

    private static async Task UntilAnsweredAsync(List<Probe> probes, List<Task> running, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (probes.Where((p, i) => !running[i].IsCompleted && !p.HasAnswered).Any())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience) throw new TimeoutException($"A mailbox did not answer within {Patience}.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellation);
        }
    }

    /// <summary>One message to all; each session in IDLE must hear of it.</summary>
    private async Task<(TimeSpan Announced, IEnumerable<string?> Lost)> DeliverAsync(WaitingSession[] waiting, CancellationToken cancellation)
    {
        using var lmtp = await RawLmtp.ConnectAsync(cluster.Frontends[0].Ports.Lmtp, cancellation);
        var replies = await lmtp.DeliverAsync("x@example.net", Users, LoadMessages.Make($"failover-{_round}"), cancellation);
        if (replies.FirstOrDefault(r => !r.StartsWith("250", StringComparison.Ordinal)) is { } refusal) throw new InvalidOperationException(refusal);
        var delivered = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var lost = await Task.WhenAll(waiting.Select(session => LossAsync(session.WaitForAsync(_round, limit.Token))));
        return (Stopwatch.GetElapsedTime(delivered), lost);
    }

    private static async Task<string?> LossAsync(Task session)
    {
        try
        {
            await session;
            return null;
        }
        catch (IOException lost)
        {
            return lost.Message;
        }
        catch (OperationCanceledException)
        {
            return "A session in IDLE was not told of new mail.";
        }
    }
}
