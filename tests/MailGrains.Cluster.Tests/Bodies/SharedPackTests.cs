using MailGrains.Cluster.Tests.Cluster;
using MailGrains.TestKit;
using MailGrains.TestKit.Postgres;
using Xunit;

namespace MailGrains.Cluster.Tests.Bodies;

/// <summary>Nodes that share a database and a folder of packs, and what operators do to both.</summary>
public sealed class SharedPackTests : IDisposable
{
    private const int CannotStart = 2;

    private readonly TemporaryFolder _folder = new();

    private string Packs => Path.Combine(_folder.Path, "packs");

    [Fact]
    public async Task Mail_stays_readable_everywhere_when_bodies_go_to_packs_and_back_to_the_database()
    {
        // The nodes read these at each start.
        string[] settings = ["--Storage:Bodies=database", $"--Storage:PacksPath={Packs}"];
        await using var cluster = await ClusterProcesses.StartAsync(1, 1, Relaying.None, new(), settings);
        await OneMailbox.MakeAsync(cluster);
        var delivered = new List<string>();
        foreach (var bodies in new[] { "database", "packs", "database" })
        {
            settings[0] = $"--Storage:Bodies={bodies}";
            await RestartAsync(cluster);
            delivered.Add($"to {bodies}, number {delivered.Count + 1}");
            await OneMailbox.DeliverAsync(cluster.Frontends[0], delivered[^1]);
            foreach (var node in cluster.Nodes) Assert.Equal(delivered, await OneMailbox.ReadAsync(node));
        }

        Assert.Equal(2, await PostgresServer.ScalarAsync<long>(cluster.ConnectionString, "SELECT count(*) FROM mailgrains.body WHERE pack = 0"));
        Assert.Equal(1, await PostgresServer.ScalarAsync<long>(cluster.ConnectionString, "SELECT count(*) FROM mailgrains.body WHERE pack <> 0"));
    }

    [Fact]
    public async Task Bodies_in_packs_are_not_forgotten_when_nobody_says_where_the_packs_are()
    {
        string[] settings = ["--Storage:Bodies=packs", $"--Storage:PacksPath={Packs}"];
        await using var cluster = await ClusterProcesses.StartAsync(1, 0, Relaying.None, new(), settings);
        await OneMailbox.MakeAsync(cluster);
        await OneMailbox.DeliverAsync(cluster.Silos[0], "in a pack");
        (settings[0], settings[1]) = ("--Storage:Bodies=database", "--Storage:PacksPath=");
        await RefusedAsync(cluster.Silos[0], "Storage:PacksPath");
    }

    [Fact]
    public async Task A_frontend_reads_packs_and_takes_no_lane()
    {
        await using var cluster = await ClusterProcesses.StartAsync(
            2, 1, Relaying.None, new(), "--Storage:Bodies=packs", $"--Storage:PacksPath={Packs}");
        await OneMailbox.MakeAsync(cluster);
        await OneMailbox.DeliverAsync(cluster.Frontends[0], "in a pack");

        Assert.Equal(["in a pack"], await OneMailbox.ReadAsync(cluster.Frontends[0]));
        Assert.Equal(["lane-000.lock", "lane-001.lock"], Directory.EnumerateFiles(Packs, "lane-*").Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_folder_that_is_not_the_one_with_the_mail_is_refused_by_all_nodes()
    {
        await using var cluster = await ClusterProcesses.StartAsync(
            1, 1, Relaying.None, new(), "--Storage:Bodies=packs", $"--Storage:PacksPath={Packs}");
        await OneMailbox.MakeAsync(cluster);
        await OneMailbox.DeliverAsync(cluster.Silos[0], "in a pack");
        foreach (var node in cluster.Nodes) Assert.Equal(0, await node.Process.StopAsync());

        // As when the disk is not mounted.
        Directory.Move(Packs, Packs + "-away");
        Directory.CreateDirectory(Packs);
        foreach (var node in cluster.Nodes) await StartRefusedAsync(node, Packs);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Packs));

        Directory.Delete(Packs);
        Directory.Move(Packs + "-away", Packs);
        await cluster.Silos[0].Process.StartAsync();
        await cluster.Frontends[0].Process.StartAsync();
        Assert.Equal(["in a pack"], await OneMailbox.ReadAsync(cluster.Frontends[0]));
    }

    [Fact]
    public async Task A_number_that_the_database_knows_is_not_given_again_when_older_files_were_restored()
    {
        await using var cluster = await ClusterProcesses.StartAsync(
            1, 0, Relaying.None, new(), "--Storage:Bodies=packs", $"--Storage:PacksPath={Packs}");
        await OneMailbox.MakeAsync(cluster);
        await OneMailbox.DeliverAsync(cluster.Silos[0], "lost with its pack");
        var lost = await LastPackAsync(cluster);
        Assert.Equal(0, await cluster.Silos[0].Process.StopAsync());
        foreach (var pack in Directory.EnumerateFiles(Packs, "*.pack")) File.Delete(pack);

        await cluster.Silos[0].Process.StartAsync();
        await OneMailbox.DeliverAsync(cluster.Silos[0], "delivered later");

        Assert.True(await LastPackAsync(cluster) > lost);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<int> LastPackAsync(ClusterProcesses cluster) =>
        PostgresServer.ScalarAsync<int>(cluster.ConnectionString, "SELECT max(pack) FROM mailgrains.body");

    private static async Task RestartAsync(ClusterProcesses cluster)
    {
        foreach (var node in cluster.Nodes) Assert.Equal(0, await node.Process.StopAsync());
        foreach (var node in cluster.Nodes) await node.Process.StartAsync();
    }

    private static async Task RefusedAsync(ClusterNode node, string reason)
    {
        Assert.Equal(0, await node.Process.StopAsync());
        await StartRefusedAsync(node, reason);
    }

    private static async Task StartRefusedAsync(ClusterNode node, string reason)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(node.Process.StartAsync);
        Assert.Equal(CannotStart, await node.Process.EndedAsync());
        var line = Assert.Single(node.Process.Log.Lines, l => l.StartsWith("MailGrains can't start: ", StringComparison.Ordinal));
        Assert.Contains(reason, line, StringComparison.Ordinal);
        Assert.Contains("ended", failure.Message, StringComparison.Ordinal);
    }
}
