using MailGrains.Cluster.Tests.Cluster;
using MailGrains.TestKit.Cases;
using Xunit;

namespace MailGrains.Cluster.Tests.Cases;

/// <summary>An officer's work goes on while silos are killed.</summary>
public sealed class OfficerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_officer_finds_and_exports_what_users_have_expunged_though_silos_die()
    {
        using var archiving = new ArchivingNodes();
        await using var cluster = await ClusterProcesses.StartAsync(silos: 3, frontends: 2, archiving.Settings);
        try
        {
            var desk = await OfficerDesk.OpenAsync(new NodeEnd(cluster, cluster.Frontends[1]));

            // One silo at a time is gone, and each of the three once while something is under way that it may have a part in.
            ClusterNode? gone = null;
            var next = 0;
            await new OfficerTask(desk, async step =>
            {
                if (step is not (OfficerStep.Held or OfficerStep.Found or OfficerStep.ReleaseAsked)) return;
                if (gone is not null) await gone.Process.StartAsync();
                gone = cluster.Silos[next++];
                await gone.Process.KillAsync();
                TestContext.Current.TestOutputHelper?.WriteLine($"{gone.Name} killed after {step}");
            }).RunAsync(Cancellation);
            Assert.Equal(cluster.Silos.Count, next);
        }
        catch
        {
            cluster.KeepLogs();
            TestContext.Current.TestOutputHelper?.WriteLine($"Logs in {cluster.Logs}");
            throw;
        }
    }
}
