using System.Text;
using System.Text.Json;
using MailGrains.Cluster.Tests.Cluster;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using Npgsql;
using Xunit;

namespace MailGrains.Cluster.Tests.Retention;

/// <summary>Two silos and a frontend that share a database remove its oldest events: one at a time, and none finds anything wrong.</summary>
public sealed class ShortenedClusterTests
{
    private const string Password = "correct horse";
    private const int Messages = 600;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silos_remove_events_together_and_each_exports_what_is_left()
    {
        using var signing = new ArchivingNodes();
        string[] removing =
        [
            signing.Settings.Single(s => s.StartsWith("--Evidence:Key", StringComparison.Ordinal)),
            "--EventLog:KeepFor=00:00:01", "--EventLog:RemoveEvery=00:00:00.5", "--Evidence:CheckpointEvery=00:00:01",
        ];
        await using var cluster = await ClusterProcesses.StartAsync(silos: 2, frontends: 1, removing);
        try
        {
            var user = await UserApart.AddAsync(name => cluster.AddAccountsAsync(Password, name), command => ListAsync(cluster, command));
            using (var lmtp = await RawLmtp.ConnectAsync(cluster.Frontends[0].Ports.Lmtp, Cancellation))
            {
                for (var n = 1; n <= Messages; n++)
                {
                    var message = Encoding.ASCII.GetBytes($"Message-ID: <{n}@example.net>\r\nSubject: number {n}\r\n\r\nhello\r\n");
                    Assert.StartsWith("250 ", Assert.Single(await lmtp.DeliverAsync("bob@example.net", [user], message, Cancellation)));
                }
            }

            // Their clocks have been right for a day: both silos learn it when they start.
            foreach (var silo in cluster.Silos) await silo.Process.StopAsync();
            await TrustClockAsync(cluster.ConnectionString);
            foreach (var silo in cluster.Silos) await silo.Process.StartAsync();
            await ShortenedAsync(cluster);

            (await cluster.RunAsync(cluster.Silos[0], "", "verify")).Succeeded();
            foreach (var silo in cluster.Silos)
            {
                var said = await EvidenceExport.VerifyAsync(new NodeEnd(cluster, silo), $"of-{silo.Name}", [], Cancellation);
                TestContext.Current.TestOutputHelper?.WriteLine($"{silo.Name}: {said}");
            }
        }
        catch
        {
            cluster.KeepLogs();
            TestContext.Current.TestOutputHelper?.WriteLine($"Logs in {cluster.Logs}");
            throw;
        }
    }

    private static async Task TrustClockAsync(string connectionString)
    {
        var schema = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "mailgrains" };
        await using var connection = new NpgsqlConnection(schema.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var write = new NpgsqlCommand(
            "INSERT INTO log_clock (no, wall, waiting) VALUES (1, $1, 0) ON CONFLICT (no) DO UPDATE SET wall = $1, waiting = 0", connection);
        write.Parameters.Add(new() { Value = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond });
        await write.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task ShortenedAsync(ClusterProcesses cluster)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var stats = await ListAsync(cluster, "events", "stats");
            if (stats.EnumerateArray().Any(p => p.GetProperty("first").ValueKind == JsonValueKind.Number && p.GetProperty("first").GetInt64() > 512))
                return;
            Assert.False(limit.IsCancellationRequested, $"Nothing is removed after {Patience}.");
            await Task.Yield();
        }
    }

    private static async Task<JsonElement> ListAsync(ClusterProcesses cluster, params string[] command) =>
        JsonDocument.Parse((await cluster.RunAsync(cluster.Silos[0], "", [.. command, "--json"])).Succeeded().Output).RootElement;
}
