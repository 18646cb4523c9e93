using System.Globalization;
using MailGrains.Cluster.Tests.Cluster;
using MailGrains.TestKit.Postgres;

namespace MailGrains.Cluster.Tests.Scale;

/// <summary>Reads what a cluster has used up.</summary>
internal static class CostMeter
{
    /// <summary>What <see cref="ReadAsync"/> needs of the server.</summary>
    public static PostgresServer NewServer() => new() { Settings = ["shared_preload_libraries=pg_stat_statements", "shared_buffers=512MB", "max_wal_size=4GB"] };

    public static Task PrepareAsync(ClusterProcesses cluster) =>
        PostgresServer.ExecuteAsync(cluster.ConnectionString, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");

    public static async Task<Costs> ReadAsync(ClusterProcesses cluster, CancellationToken cancellation)
    {
        var metrics = await Task.WhenAll(cluster.Silos.Select(s => cluster.ReadMetricsAsync(s, cancellation)));
        return new Costs(
            cluster.Silos.Sum(s => ProcessorTime.OfFamily(s.Process.Id)),
            ProcessorTime.OfFamily(cluster.Postgres.ProcessId),
            metrics.Sum(m => Sum(m, "orleans_app_requests_latency_milliseconds_count")),
            metrics.Sum(m => Sum(m, "mailgrains_storage_roundtrips_total")),
            await PostgresServer.ScalarAsync<long>(cluster.ConnectionString, "SELECT sum(calls)::bigint FROM pg_stat_statements"),
            await PostgresServer.ScalarAsync<long>(cluster.ConnectionString, "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"));
    }

    /// <summary>When what was asked before is over: logouts, for one, are written after their answer.</summary>
    public static async Task<Costs> ReadQuietAsync(ClusterProcesses cluster, CancellationToken cancellation)
    {
        var before = await ReadAsync(cluster, cancellation);
        while (true)
        {
            var now = await ReadAsync(cluster, cancellation);
            if (now.RoundTrips == before.RoundTrips) return now;
            before = now;
        }
    }

    /// <summary>Over all tags of a metric.</summary>
    private static double Sum(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is '{' or ' ')
        .Sum(line => double.Parse(line[(line.LastIndexOf("} ", StringComparison.Ordinal) + 2)..].Split(' ')[0], CultureInfo.InvariantCulture));
}
