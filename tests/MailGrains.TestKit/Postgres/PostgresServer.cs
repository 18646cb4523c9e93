using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Xunit;

namespace MailGrains.TestKit.Postgres;

/// <summary>
/// A PostgreSQL server of the tests' own, on a free port of 127.0.0.1 with its data in a temporary folder: an assembly fixture, started with the
/// first test that asks for it. It syncs to disk as a real one does.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly string? _programs = ServerProcess.FindPrograms();
    private Process? _server;
    private int _databases;

    public int Port { get; private set; }

    /// <summary>Settings beyond those of all tests, as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Of the server's first process.</summary>
    public int ProcessId => _server!.Id;

    private string Data => Path.Combine(_folder.Path, "data");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>An empty database; its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await EnsureStartedAsync();
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(ConnectionString("postgres"), $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>A copy of a database to which nobody is connected; its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string template)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(ConnectionString("postgres"), $"CREATE DATABASE {name} TEMPLATE {DatabaseOf(template)}");
        return ConnectionString(name);
    }

    /// <summary>Takes a database away, and cuts connections to it off.</summary>
    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync(ConnectionString("postgres"), $"DROP DATABASE {DatabaseOf(connectionString)} WITH (FORCE)");

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ScalarAsync<T>(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Starts it if it isn't there yet; skips the test where PostgreSQL is not installed.</summary>
    public async Task EnsureStartedAsync()
    {
        Assert.SkipWhen(_programs is null, "PostgreSQL is not installed (apt-get install postgresql).");
        await _starting.WaitAsync();
        try
        {
            if (_server is not null) return;
            if (Port == 0) await InitializeFolderAsync();
            await StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Ends the server at once, its processes without a chance to write anything.</summary>
    public async Task KillAsync()
    {
        // The postmaster's children notice its death and go; the next start waits for them by its shared memory.
        _server!.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    /// <summary>Ends the server in order, cutting connections off.</summary>
    public Task StopAsync() => StopAsync("fast");

    public async Task RestartAsync()
    {
        await StopAsync();
        await EnsureStartedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await StopAsync("immediate");
        _folder.Dispose();
        _starting.Dispose();
    }

    private static string DatabaseOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Database!;

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Timeout=5;Maximum Pool Size=20";

    private async Task StopAsync(string mode)
    {
        await ServerProcess.RunAsync(Path.Combine(_programs!, "pg_ctl"), "stop", "-D", Data, "-m", mode, "-w");
        await _server!.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    private async Task InitializeFolderAsync()
    {
        Directory.CreateDirectory(Data);
        await ServerProcess.HandOverAsync(Data);
        await ServerProcess.RunAsync(
            Path.Combine(_programs!, "initdb"), "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            string[] settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300", "shared_buffers=64MB", .. Settings];
            _server = ServerProcess.Start(
                Path.Combine(_programs!, "postgres"), ["-D", Data, "-p", $"{Port}", .. settings.SelectMany(s => new[] { "-c", s })]);
            _ = _server.StandardOutput.ReadToEndAsync();
            if (await IsReadyAsync(_server)) return;
            // Just killed, its processes may not be gone yet.
            if (attempt == 20) throw new InvalidOperationException("PostgreSQL does not start.");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task<bool> IsReadyAsync(Process server)
    {
        while (await server.StandardError.ReadLineAsync() is { } line)
        {
            if (!line.Contains("ready to accept connections", StringComparison.Ordinal)) continue;
            _ = server.StandardError.ReadToEndAsync();
            return true;
        }

        return false;
    }
}
