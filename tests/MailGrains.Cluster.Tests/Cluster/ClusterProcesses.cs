using System.Security.Cryptography;
using MailGrains.TestKit.Postgres;

namespace MailGrains.Cluster.Tests.Cluster;

/// <summary>
/// A cluster as its operators run it: silos and frontends as processes, on a PostgreSQL of its own. Logs lie in <see cref="Logs"/>, and stay there
/// when <see cref="KeepLogs"/> was called or MAILGRAINS_TEST_KEEP_LOGS is set.
/// </summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailgrains-cluster-");
    private readonly string _token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private bool _keepLogs = Environment.GetEnvironmentVariable("MAILGRAINS_TEST_KEEP_LOGS") is { Length: > 0 };

    private ClusterProcesses(PostgresServer postgres) => Postgres = postgres;

    public PostgresServer Postgres { get; }

    /// <summary>Past all relays.</summary>
    public string ConnectionString { get; private set; } = "";

    public IReadOnlyList<ClusterNode> Silos { get; private set; } = [];

    public IReadOnlyList<ClusterNode> Frontends { get; private set; } = [];

    public IEnumerable<ClusterNode> Nodes => Silos.Concat(Frontends);

    public string Logs => _folder.FullName;

    /// <param name="silos">How many.</param>
    /// <param name="frontends">How many.</param>
    /// <param name="settings">Of every node, as on a command line.</param>
    public static Task<ClusterProcesses> StartAsync(int silos, int frontends, params string[] settings) =>
        StartAsync(silos, frontends, Relaying.All, new PostgresServer(), settings);

    public static async Task<ClusterProcesses> StartAsync(int silos, int frontends, Relaying relaying, PostgresServer postgres, params string[] settings)
    {
        var cluster = new ClusterProcesses(postgres);
        try
        {
            cluster.ConnectionString = await cluster.Postgres.CreateDatabaseAsync();
            var tokenFile = Path.Combine(cluster._folder.FullName, "token");
            await File.WriteAllTextAsync(tokenFile, cluster._token);
            ClusterNode Node(NodeKind kind, int number) =>
                new(kind, number, cluster._folder.FullName, tokenFile, cluster.ConnectionString, settings) { Relaying = relaying };
            cluster.Silos = [.. Enumerable.Range(1, silos).Select(n => Node(NodeKind.Silo, n))];
            cluster.Frontends = [.. Enumerable.Range(1, frontends).Select(n => Node(NodeKind.Frontend, n))];
            await cluster.Silos[0].Process.StartAsync();
            await Task.WhenAll(cluster.Nodes.Skip(1).Select(n => n.Process.StartAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a node counts: its metrics as Prometheus gets them.</summary>
    public async Task<string> ReadMetricsAsync(ClusterNode at, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{at.Ports.Http}/metrics");
        request.Headers.Authorization = new("Bearer", _token);
        using var response = await http.SendAsync(request, cancellation);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation);
    }

    /// <summary>Runs a command of the administration program at one node.</summary>
    public Task<ProgramResult> RunAsync(ClusterNode at, string input, params string[] arguments) =>
        AdminProgram.RunAsync(at.Ports.Http, _token, input, arguments);

    /// <summary>Accounts with one password.</summary>
    public async Task AddAccountsAsync(string password, params string[] addresses)
    {
        var file = Path.Combine(_folder.FullName, "accounts.csv");
        await File.WriteAllLinesAsync(file, addresses.Select(a => $"{a},{password}"));
        (await RunAsync(Silos[0], "", "account", "import", file)).Succeeded();
    }

    /// <summary>Everything is left where it is for whoever looks for the reason of a failure.</summary>
    public void KeepLogs() => _keepLogs = true;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        await Postgres.DisposeAsync();
        if (!_keepLogs) _folder.Delete(recursive: true);
    }
}
