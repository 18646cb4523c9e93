using System.Globalization;
using MailGrains.Cluster.Tests.Cluster;
using Xunit;

namespace MailGrains.Cluster.Tests.Failover;

/// <summary>
/// A silo goes away; sessions at a frontend see a pause and nothing else. MAILGRAINS_TEST_FAILOVERS sets the number of rounds of each kind. The
/// limits here are for machines that do other things as well; <see cref="FailoverGoal"/> counts once there are as many rounds as <c>bench/failover</c> makes.
/// </summary>
public sealed class FailoverTests
{
    private static readonly Dictionary<FailureKind, TimeSpan> Limits = new()
    {
        [FailureKind.Kill] = TimeSpan.FromSeconds(15),
        [FailureKind.Hang] = TimeSpan.FromSeconds(30),
        [FailureKind.Stop] = TimeSpan.FromSeconds(10),
    };

    private static int Rounds { get; } = int.Parse(Environment.GetEnvironmentVariable("MAILGRAINS_TEST_FAILOVERS") ?? "2", CultureInfo.InvariantCulture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sessions_at_a_frontend_survive_the_loss_of_a_silo()
    {
        await using var cluster = await ClusterProcesses.StartAsync(silos: 2, frontends: 1);
        try
        {
            var run = new FailoverRun(cluster);
            await run.PrepareAsync();
            var results = new List<FailoverResult>();
            foreach (var kind in Enum.GetValues<FailureKind>())
                for (var round = 0; round < Rounds; round++) results.Add(await run.OnceAsync(kind, Cancellation));
            var goals = results.GroupBy(r => r.Kind).Select(kind => FailoverGoal.Of(kind.Key, [.. kind])).ToList();
            foreach (var goal in goals) Report(goal);

            Assert.Empty(results.SelectMany(r => r.Lost));

            // Where mailboxes are is chance, but not that none of all was at the silo that went.
            Assert.True(results.Sum(r => r.Renumbered) > 0);
            Assert.Empty(results.Where(r => r.Kind == FailureKind.Stop).SelectMany(r => r.Refusals));
            Assert.All(results, r => Assert.InRange(r.Outage, TimeSpan.Zero, Limits[r.Kind]));
            Assert.DoesNotContain(goals, g => g.IsMissed);
        }
        catch
        {
            cluster.KeepLogs();
            TestContext.Current.TestOutputHelper?.WriteLine($"Logs in {cluster.Logs}");
            throw;
        }
    }

    private static void Report(FailoverGoal goal)
    {
        var (kind, results) = (goal.Kind, goal.Results);
        var (outages, announced) = (results.Select(r => r.Outage).Order().ToList(), results.Select(r => r.Announced).Order().ToList());
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kind,-5} {results.Count} rounds: mailboxes answer again after median {outages[outages.Count / 2].TotalMilliseconds:F0} ms, worst {outages[^1].TotalMilliseconds:F0} ms; "
            + $"IDLE tells new mail after median {announced[announced.Count / 2].TotalMilliseconds:F0} ms, worst {announced[^1].TotalMilliseconds:F0} ms; "
            + $"sessions lost {results.Sum(r => r.Lost.Count)}, given new numbers {results.Sum(r => r.Renumbered)}, "
            + $"refusals {results.Sum(r => r.Refusals.Count)}; {goal}"));
        foreach (var result in results)
            TestContext.Current.TestOutputHelper?.WriteLine($"  {result.At:HH:mm:ss.fff}: {result.Outage.TotalMilliseconds:F0} ms");
        foreach (var text in results.SelectMany(r => r.Refusals.Concat(r.Lost)).Distinct().Take(10)) TestContext.Current.TestOutputHelper?.WriteLine("  " + text);
    }
}
