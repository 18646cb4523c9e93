using System.Diagnostics;
using MailGrains.Bench.Report;
using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Rows;

/// <summary>Runs rows on servers by turns, so that what disturbs the machine for a while disturbs both.</summary>
internal sealed class ComparisonRun(IReadOnlyList<MailServer> servers, int runs, TextWriter progress)
{
    private const int ProbeWrites = 60;

    /// <summary>
    /// Runs <paramref name="rows"/> in order; within a row the servers alternate and swap who goes first. A run that
    /// fails is reported and the others go on.
    /// </summary>
    public IReadOnlyList<RowResult> Execute(IReadOnlyList<Measurement> rows)
    {
        // Rows ahead of the first that reads the mailbox must find the servers as they started.
        var filled = false;
        var results = new List<RowResult>();
        foreach (var row in rows)
        {
            if (row.NeedsMailbox && !filled)
                Fill();
            filled |= row.NeedsMailbox;
            results.Add(Execute(row));
        }
        return results;
    }

    private void Fill()
    {
        foreach (var server in servers)
        {
            progress.Write($"{server.Name}: 10,000-message mailbox … ");
            var started = Stopwatch.GetTimestamp();
            var fresh = Mailboxes.EnsureMailbox(server);
            progress.WriteLine(fresh ? FormattableString.Invariant($"filled in {Samples.Elapsed(started) / 1000:0.0} s") : "already there");
        }
    }

    private RowResult Execute(Measurement row)
    {
        var result = new RowResult(row);
        for (var run = 0; run < runs; run++)
        {
            var order = run % 2 == 0 ? servers : servers.Reverse();
            foreach (var server in order)
                if (run == 0 || !row.FreshServer || server.CanRestart)
                    RunOnce(row, server, result);
        }
        return result;
    }

    private void RunOnce(Measurement row, MailServer server, RowResult result)
    {
        try
        {
            Quieten();
            if (row.FreshServer && server.CanRestart)
                server.Restart(row.ColdCaches);
            var fsync = row.Durable && server.DataFolder is { } folder ? DiskProbe.Run(folder, ProbeWrites).Median : (double?)null;
            var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var outcome = row.Run(server);
            var cores = (Environment.CpuUsage.TotalTime - cpu) / Stopwatch.GetElapsedTime(started);
            result.Add(server.Name, new CompletedRun(outcome, fsync, cores));
            Report(row, server, result.RunsOf(server.Name)[^1]);
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or IOException or System.Net.Sockets.SocketException or AggregateException)
        {
            var first = exception is AggregateException several ? several.Flatten().InnerExceptions[0] : exception;
            result.Fail(server.Name, first.Message);
            progress.WriteLine($"{row.Name,-16} {server.Name,-10} failed: {first.Message}");
        }
    }

    private void Report(Measurement row, MailServer server, CompletedRun run)
    {
        var figure = Figures.Of(run.Outcome.Value, row.Unit);
        var fsync = run.Fsync is { } time ? FormattableString.Invariant($" (fsync {time:0.00} ms)") : "";
        var answer = run.Outcome.Evidence > 0 ? $" [{run.Outcome.Evidence}]" : "";
        progress.WriteLine(FormattableString.Invariant(
            $"{row.Name,-16} {server.Name,-10} {figure,16}  client {run.ClientCores:0.00} cores  {run.Outcome.Detail}{fsync}{answer}"));
    }

    // What the last run left to be written or collected must not be paid inside the next.
    private static void Quieten()
    {
        GC.Collect();
        using var sync = Process.Start("/bin/sync");
        sync.WaitForExit();
    }
}
