using MailGrains.Cluster.Tests.Cluster;
using MailGrains.TestKit.Postgres;
using Xunit;

namespace MailGrains.Cluster.Tests.Bodies;

/// <summary>A silo process deletes from its database what no message refers to any more, by itself.</summary>
public sealed class UnusedBodiesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_body_of_an_expunged_message_leaves_the_database_and_others_stay()
    {
        await using var cluster = await ClusterProcesses.StartAsync(1, 0, Relaying.None, new(), "--Packs:CollectAfter=01:00:00");
        var silo = cluster.Silos[0];
        await OneMailbox.MakeAsync(cluster);
        await OneMailbox.DeliverAsync(silo, "expunged");
        await OneMailbox.DeliverAsync(silo, "kept");
        await OneMailbox.ExpungeAsync(silo, 1);
        Assert.Equal((2L, 2L), await CountAsync(cluster));

        // No body is deleted in its first hour, and a silo that has looked at all of them rests: so they grow older while it is stopped.
        Assert.Equal(0, await silo.Process.StopAsync());
        await PostgresServer.ExecuteAsync(cluster.ConnectionString, "UPDATE mailgrains.body SET touched = touched - 2 * 3600 * 1000000::bigint");
        await silo.Process.StartAsync();

        using var limit = new CancellationTokenSource(Patience);
        while (await CountAsync(cluster) != (1, 1))
        {
            Assert.False(limit.IsCancellationRequested, $"Nothing is deleted after {Patience}.");
            Cancellation.ThrowIfCancellationRequested();
        }

        Assert.Equal(["kept"], await OneMailbox.ReadAsync(silo));
    }

    private static async Task<(long Known, long Stored)> CountAsync(ClusterProcesses cluster) => (
        await PostgresServer.ScalarAsync<long>(cluster.ConnectionString, "SELECT count(*) FROM mailgrains.body"),
        await PostgresServer.ScalarAsync<long>(cluster.ConnectionString, "SELECT count(*) FROM mailgrains.body_data"));
}
