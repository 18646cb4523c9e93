using MailGrains.Evidence.Notes;
using MailGrains.Tampering.Tests.History;
using MailGrains.TestKit.Postgres;
using Npgsql;

namespace MailGrains.Tampering.Tests.Engines;

/// <summary>A silo that keeps everything in PostgreSQL, bodies too, and signs with the key of its cluster.</summary>
public sealed class PostgreSqlEngine : TamperedEngine
{
    /// <summary>Nothing here has to survive a power cut, and databases are made by the dozen.</summary>
    private readonly PostgresServer _server = new() { Settings = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"] };

    private string _now = "";
    private string _older = "";

    internal override SiloProcess SiloOn(DatabaseCopy copy) => SiloOn(copy.Data, ((PostgreSqlCopy)copy).ConnectionString);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DisposeAsync();
    }

    private protected override async Task<SiloProcess> PrepareAsync()
    {
        _now = await _server.CreateDatabaseAsync();
        using var key = NoteSigner.Generate("cluster.example/log");
        await File.WriteAllTextAsync(Path.Combine(Data, "cluster-key"), key.ToPrivateText() + "\n");
        return SiloOn(Data, _now);
    }

    private protected override async Task KeepOlderAsync(string folder)
    {
        CopyFolder(Data, folder);
        _older = await _server.CreateDatabaseAsync(_now);
    }

    private protected override async Task<DatabaseCopy> CopyAsync(string folder, bool isOlder) =>
        await PostgreSqlCopy.OfAsync(CopyOf(folder), _server, await _server.CreateDatabaseAsync(isOlder ? _older : _now));

    private static SiloProcess SiloOn(string data, string connectionString)
    {
        var silo = new NpgsqlConnectionStringBuilder(connectionString) { Timeout = 15 };
        return new SiloProcess(data,
        [
            "--Storage:Provider=postgresql", $"--Storage:ConnectionString={silo.ConnectionString}", "--Storage:AllowUnsafe=true",
            $"--Evidence:Key={Path.Combine(data, "cluster-key")}", "--Cluster:Advertise=127.0.0.1",
            $"--Cluster:Listen=127.0.0.1:{FreePorts.Take()}", $"--Cluster:Gateway=127.0.0.1:{FreePorts.Take()}",
        ]);
    }
}
