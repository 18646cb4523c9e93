using MailGrains.Bench.Rows;

namespace MailGrains.Bench.Report;

/// <summary>The runs of one row on each server.</summary>
internal sealed class RowResult(Measurement row)
{
    private readonly Dictionary<string, List<CompletedRun>> _runs = [];
    private readonly Dictionary<string, string> _failures = [];

    public Measurement Row => row;

    public void Add(string server, CompletedRun run)
    {
        if (!_runs.TryGetValue(server, out var runs))
            _runs[server] = runs = [];
        runs.Add(run);
    }

    public void Fail(string server, string reason) => _failures[server] = reason;

    public string? FailureOf(string server) => _failures.GetValueOrDefault(server);

    public IReadOnlyList<CompletedRun> RunsOf(string server) => _runs.GetValueOrDefault(server) ?? [];

    /// <summary>Median of the runs that succeeded; null when there is none.</summary>
    public double? MedianOf(string server) =>
        !_runs.TryGetValue(server, out var runs) ? null : Samples.Percentile([.. runs.Select(run => run.Outcome.Value)], 0.5);

    /// <summary>The detail of the run that the median is from, and why a run failed.</summary>
    public string DetailOf(string server)
    {
        var detail = MedianOf(server) is { } median ? Describe(RunsOf(server).First(run => run.Outcome.Value.Equals(median))) : null;
        return FailureOf(server) is { } failure ? $"{detail} a run failed: {failure}".TrimStart() : detail ?? "";
    }

    /// <summary>Whether all runs of all servers gave the same answer; a faster wrong answer counts for nothing.</summary>
    public bool AnswersAgree => _runs.Values.SelectMany(runs => runs).Select(run => run.Outcome.Evidence).Distinct().Count() <= 1;

    private static string Describe(CompletedRun run)
    {
        var fsync = run.Fsync is { } time ? FormattableString.Invariant($"fsync {time:0.00} ms") : null;
        return string.Join("; ", new[] { run.Outcome.Detail, fsync }.OfType<string>());
    }
}
