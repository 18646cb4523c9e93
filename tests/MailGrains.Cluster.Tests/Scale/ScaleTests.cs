using System.Globalization;
using Xunit;

namespace MailGrains.Cluster.Tests.Scale;

/// <summary>
/// What operations cost in clusters of one, two and three silos on one database. <c>bench/scale</c> sets MAILGRAINS_TEST_SCALE_SECONDS and measures rates
/// under load as well; without it only what can be counted is looked at.
/// </summary>
public sealed class ScaleTests
{
    private const int LoadClients = 16;
    private const int MostWarmUps = 20;

    private static double Seconds { get; } = double.Parse(Environment.GetEnvironmentVariable("MAILGRAINS_TEST_SCALE_SECONDS") ?? "0", CultureInfo.InvariantCulture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_silos_ask_the_database_no_more_for_an_operation()
    {
        var one = await CountAsync(silos: 1);
        var three = await CountAsync(silos: 3);
        foreach (var operation in Enum.GetValues<Operation>())
        {
            Assert.True(
                three[operation].RoundTrips <= one[operation].RoundTrips + 0.1,
                $"{operation}: {one[operation].RoundTrips:F2} round trips with one silo, {three[operation].RoundTrips:F2} with three");
            Assert.True(
                three[operation].Calls <= (one[operation].Calls * 1.1) + 0.5,
                $"{operation}: {one[operation].Calls:F2} grain calls with one silo, {three[operation].Calls:F2} with three");
        }
    }

    [Fact]
    public async Task Rates_under_load()
    {
        Assert.SkipWhen(Seconds == 0, "Only bench/scale measures rates.");
        var alone = new Dictionary<Operation, double>();
        foreach (var silos in new[] { 1, 2, 3 })
        {
            await using var run = await ScaleRun.StartAsync(silos, LoadClients, Cancellation);
            var time = TimeSpan.FromSeconds(Seconds);
            foreach (var operation in Enum.GetValues<Operation>())
            {
                await WarmUpAsync(run, operation, time);
                var (rate, each) = await run.LoadAsync(operation, time, Cancellation);
                if (silos == 1) alone[operation] = rate;
                Print($"{silos} silos, {operation,-7} {rate,6:F0}/s ({rate / alone[operation]:F2}×)", each);
            }
        }
    }

    /// <summary>
    /// Until the rate rises no more: each silo compiles its code under load, and several that do so on the same cores take their time.
    /// </summary>
    private static async Task WarmUpAsync(ScaleRun run, Operation operation, TimeSpan time)
    {
        double best = 0;
        for (int n = 0, level = 0; n < MostWarmUps && level < 2; n++)
        {
            var (rate, _) = await run.LoadAsync(operation, time, Cancellation);
            level = rate > best * 1.05 ? 0 : level + 1;
            best = Math.Max(best, rate);
        }
    }

    /// <summary>What one operation costs when nothing else goes on. The first times, which fill caches, don't count.</summary>
    private static async Task<Dictionary<Operation, Costs>> CountAsync(int silos)
    {
        await using var run = await ScaleRun.StartAsync(silos, clients: 6, Cancellation);
        var costs = new Dictionary<Operation, Costs>();
        foreach (var operation in Enum.GetValues<Operation>())
        {
            await run.AloneAsync(operation, times: 3, Cancellation);
            costs[operation] = await run.AloneAsync(operation, times: 20, Cancellation);
            Print($"{silos} silos, {operation,-7} alone", costs[operation]);
        }

        return costs;
    }

    private static void Print(string what, Costs each) => TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {each.SiloMs:F2} ms of silos, {each.DatabaseMs:F2} ms of the database, {each.Calls:F2} calls, {each.RoundTrips:F2} round trips, "
        + $"{each.Statements:F1} statements, {each.Wal / 1024:F1} KB of log"));
}
