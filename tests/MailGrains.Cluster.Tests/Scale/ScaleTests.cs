using System.Globalization;
using Xunit;

namespace MailGrains.Cluster.Tests.Scale;

/// <summary>
/// What operations cost in clusters of one, two and three silos on one database. <c>bench/scale</c> sets MAILGRAINS_TEST_SCALE_SECONDS and measures rates
/// under load as well; without it only what can be counted is looked at.
/// </summary>
public sealed class ScaleTests
{
    /// <summary>What the rate must be at least, with the cores shared, beside that of one silo.</summary>
    private const double Goal = 0.8;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(12);

    private static double Seconds { get; } = double.Parse(Environment.GetEnvironmentVariable("MAILGRAINS_TEST_SCALE_SECONDS") ?? "0", CultureInfo.InvariantCulture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_silos_ask_the_database_no_more_for_an_operation()
    {
        var one = await CountAsync(silos: 1);
        var three = await CountAsync(silos: 3);
        var delivery = one[Operation.Deliver].RoundTrips;
        Assert.True(delivery < 2.5, $"a delivery alone took {delivery:F2} round trips: its body and its commit are two");
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
    public async Task More_silos_on_the_same_cores_are_nearly_as_fast_as_one()
    {
        Assert.SkipWhen(Seconds == 0, "Only bench/scale measures rates.");
        var time = TimeSpan.FromSeconds(Seconds);
        await using var clusters = await ScaleComparison.StartAsync([1, 2, 3], Cancellation);
        await clusters.WarmUpAsync(WarmUp, Cancellation);
        var missed = new List<string>();
        foreach (var operation in Enum.GetValues<Operation>())
        {
            foreach (var figure in await clusters.MeasureAsync(operation, time, Cancellation))
            {
                Print($"{operation,-7} {figure}");
                if (figure.Ratio < Goal) missed.Add($"{operation}: {figure}");
            }
        }

        Assert.True(missed.Count == 0, $"below {Goal} times the rate of one silo:\n{string.Join('\n', missed)}");
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
            Print($"{operation,-7} {silos} silos, alone: {costs[operation]}");
        }

        return costs;
    }

    private static void Print(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
