using System.Net;
using MailGrains.TestKit;
using MailGrains.TestKit.Postgres;
using Npgsql;
using Xunit;

namespace MailGrains.Cluster.Tests.Cluster;

/// <summary>A node is started, and its database is not there yet, or never will be.</summary>
public sealed class DatabaseAwayTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly PostgresServer _postgres = new();
    private string _database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(TokenFile, "0123456789abcdef0123456789abcdef", Cancellation);
        _database = await _postgres.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        _folder.Dispose();
    }

    private string TokenFile => Path.Combine(_folder.Path, "token");

    [Fact]
    public async Task A_silo_that_is_started_before_its_database_waits_for_it()
    {
        await _postgres.StopAsync();
        await using var silo = Silo(_database);
        var starting = silo.Process.StartAsync();
        await AnswersAsync(silo, "/health/live", HttpStatusCode.OK);
        await AnswersAsync(silo, "/health/ready", HttpStatusCode.ServiceUnavailable);
        Assert.Contains(silo.Process.Log.Lines, l => l.Contains("Waiting for the database", StringComparison.Ordinal));
        Assert.False(starting.IsCompleted);

        await _postgres.EnsureStartedAsync();

        await starting;
        await AnswersAsync(silo, "/health/ready", HttpStatusCode.OK);
        Assert.Contains(silo.Process.Log.Lines, l => l.Contains("The database answers", StringComparison.Ordinal));
        Assert.Equal(0, await silo.Process.StopAsync());
    }

    [Fact]
    public async Task A_silo_that_waits_ends_when_it_is_asked_to()
    {
        await _postgres.StopAsync();
        await using var silo = Silo(_database);
        var starting = silo.Process.StartAsync();
        await AnswersAsync(silo, "/health/live", HttpStatusCode.OK);
        Assert.Equal(0, await silo.Process.StopAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => starting);
    }

    [Theory]
    [InlineData("0.0.0.0", true)]
    [InlineData("127.0.0.1", false)]
    public async Task A_silo_that_anybody_may_join_warns_of_it(string listen, bool warns)
    {
        var port = FreePorts.Take();
        await using var silo = Silo(_database, $"--Cluster:Gateway={listen}:{port}");
        await silo.Process.StartAsync();
        Assert.Equal(0, await silo.Process.StopAsync());
        var warnings = silo.Process.Log.Lines.Where(l => l.Contains($"{listen}:{port} can join the cluster", StringComparison.Ordinal));
        Assert.Equal(warns ? 1 : 0, warnings.Count());
    }

    [Fact]
    public async Task It_does_not_wait_longer_than_it_may()
    {
        await _postgres.StopAsync();
        await using var silo = Silo(_database, "--Storage:StartTimeout=00:00:01");
        await Assert.ThrowsAsync<InvalidOperationException>(silo.Process.StartAsync);
        Assert.Equal(1, await silo.Process.EndedAsync());
        Assert.Contains(silo.Process.Log.Lines, l => l.Contains("Storage:StartTimeout", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Database", "nowhere", "nowhere")]
    [InlineData("Username", "nobody", "nobody")]
    public async Task It_does_not_wait_for_what_will_not_come(string keyword, string value, string named)
    {
        await using var silo = Silo(new NpgsqlConnectionStringBuilder(_database) { [keyword] = value }.ConnectionString);
        await Assert.ThrowsAsync<InvalidOperationException>(silo.Process.StartAsync);
        Assert.Equal(2, await silo.Process.EndedAsync());
        Assert.Contains(named, Assert.Single(silo.Process.Log.Lines), StringComparison.Ordinal);
    }

    private ClusterNode Silo(string database, params string[] settings) =>
        new(NodeKind.Silo, 1, _folder.Path, TokenFile, database, settings) { Relaying = Relaying.None };

    /// <summary>Asks until somebody listens.</summary>
    private static async Task AnswersAsync(ClusterNode node, string path, HttpStatusCode expected)
    {
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using var response = await http.GetAsync($"http://127.0.0.1:{node.Ports.Http}{path}", Cancellation);
                Assert.Equal(expected, response.StatusCode);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20, Cancellation);
            }
        }
    }
}
