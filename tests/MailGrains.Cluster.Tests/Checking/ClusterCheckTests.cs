using System.Globalization;
using MailGrains.Cluster.Tests.Cluster;
using MailGrains.Cluster.Tests.Faults;
using Xunit;

namespace MailGrains.Cluster.Tests.Checking;

/// <summary>
/// Nothing acknowledged is lost, nothing is there twice, in the archive neither, and no mailbox ever has two writers, whatever happens to the nodes, the
/// database and the network between them. MAILGRAINS_TEST_SOAK_MINUTES makes it longer and the faults too; MAILGRAINS_TEST_SEED repeats a run.
/// </summary>
public sealed class ClusterCheckTests
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SoakRound = TimeSpan.FromMinutes(3);

    private static int Minutes { get; } = Number("MAILGRAINS_TEST_SOAK_MINUTES", 0);

    private static int Seed { get; } = Number("MAILGRAINS_TEST_SEED", Random.Shared.Next(1_000_000));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_and_no_mailbox_has_two_writers()
    {
        var isSoak = Minutes > 0;
        var rounds = isSoak ? (int)Math.Max(1, TimeSpan.FromMinutes(Minutes) / SoakRound) : 4;
        using var archiving = new ArchivingNodes();
        await using var cluster = await ClusterProcesses.StartAsync(silos: 3, frontends: 2, archiving.Settings);
        try
        {
            var check = new ClusterCheck(cluster, Seed, isSoak ? FaultTimes.Long : FaultTimes.Short, Report);
            Report($"seed {Seed}, logs in {cluster.Logs}");
            await check.PrepareAsync();
            for (var round = 1; round <= rounds; round++) Good(await check.RoundAsync(round, isSoak ? SoakRound : Round, Cancellation), round);
            Good(await check.EndAsync(Cancellation), rounds + 1);
        }
        catch
        {
            cluster.KeepLogs();
            throw;
        }
    }

    private static void Good(IReadOnlyList<string> problems, int round) =>
        Assert.True(problems.Count == 0, $"seed {Seed}, round {round}: {problems.Count} problems\n{string.Join('\n', problems.Take(40))}");

    private static void Report(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
