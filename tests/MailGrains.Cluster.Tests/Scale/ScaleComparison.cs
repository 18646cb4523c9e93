using MailGrains.TestKit.Checking;

namespace MailGrains.Cluster.Tests.Scale;

/// <summary>
/// Clusters of several sizes side by side, all running, of which one at a time is under load. They take turns, so that a machine that is faster at one
/// moment than at another favours none.
/// </summary>
internal sealed class ScaleComparison : IAsyncDisposable
{
    private const int Clients = 48;
    private const int Rounds = 5;

    private readonly List<ScaleRun> _runs = [];

    private ScaleComparison()
    {
    }

    public static async Task<ScaleComparison> StartAsync(IEnumerable<int> sizes, CancellationToken cancellation)
    {
        var comparison = new ScaleComparison();
        try
        {
            foreach (var silos in sizes) comparison._runs.Add(await ScaleRun.StartAsync(silos, Clients, cancellation));
            return comparison;
        }
        catch
        {
            await comparison.DisposeAsync();
            throw;
        }
    }

    /// <summary>Each silo compiles its code under load, and several that do so on the same cores take their time.</summary>
    /// <param name="time">For each silo and operation.</param>
    public async Task WarmUpAsync(TimeSpan time, CancellationToken cancellation)
    {
        foreach (var run in _runs)
            foreach (var operation in Enum.GetValues<Operation>()) await run.LoadAsync(operation, time * run.Silos, cancellation);
    }

    /// <summary>By size, the smallest first.</summary>
    /// <param name="time">Of each measurement.</param>
    public async Task<IReadOnlyList<ScaleFigure>> MeasureAsync(Operation operation, TimeSpan time, CancellationToken cancellation)
    {
        var figures = _runs.ConvertAll(_ => new List<ScaleFigure>());
        for (var round = 0; round < Rounds; round++)
        {
            // Another one begins each time.
            var loads = new (double Rate, Costs Each)[_runs.Count];
            for (var n = 0; n < _runs.Count; n++)
            {
                var turn = (n + round) % _runs.Count;
                loads[turn] = await _runs[turn].LoadAsync(operation, time, cancellation);
            }

            for (var n = 0; n < _runs.Count; n++)
                figures[n].Add(new ScaleFigure(_runs[n].Silos, loads[n].Rate, loads[n].Rate / loads[0].Rate, loads[n].Each));
        }

        return figures.ConvertAll(Median);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs) await run.DisposeAsync();
    }

    /// <summary>The rate and the costs are of the round whose ratio is in the middle; of the first size, of that whose rate is.</summary>
    private static ScaleFigure Median(List<ScaleFigure> rounds) => rounds.OrderBy(f => f.Ratio).ThenBy(f => f.Rate).ElementAt(rounds.Count / 2);
}
