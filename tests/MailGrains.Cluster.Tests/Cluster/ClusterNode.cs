using System.Net;
using MailGrains.Cluster.Tests.Relays;
using Npgsql;

namespace MailGrains.Cluster.Tests.Cluster;

/// <summary>
/// A silo or a frontend process, with relays before it and behind it: others reach a silo at 127.0.1.x, where a relay listens, and its way to
/// the database is a relay too.
/// </summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    /// <summary>Npgsql's own default: five nodes that start at once on a busy machine need more than the tests of the store.</summary>
    private const int ConnectSeconds = 15;

    /// <summary>128 + SIGABRT.</summary>
    private const int AbortedExitCode = 134;

    private readonly NpgsqlConnectionStringBuilder _database;
    private readonly string _folder;
    private readonly string _tokenFile;
    private readonly string _advertised;
    private readonly string[] _settings;

    public ClusterNode(NodeKind kind, int number, string folder, string tokenFile, string database, params string[] settings)
    {
        (Kind, Name, _tokenFile, _settings) = (kind, $"{kind}-{number}".ToLowerInvariant(), tokenFile, settings);
        _folder = Directory.CreateDirectory(Path.Combine(folder, Name)).FullName;
        _database = new NpgsqlConnectionStringBuilder(database) { Timeout = ConnectSeconds };
        Database = new TcpRelay(new IPEndPoint(IPAddress.Loopback, 0), new IPEndPoint(IPAddress.Loopback, _database.Port));
        _advertised = $"127.0.1.{number}";
        Process = new NodeProcess(() => Programs.Describe("dotnet", Arguments()), Path.Combine(folder, Name + ".log"));
    }

    /// <summary>Without relays a silo itself listens at 127.0.1.x.</summary>
    public required Relaying Relaying
    {
        init
        {
            if (value == Relaying.None) return;
            _database.Port = Database.EndPoint.Port;
            if (Kind == NodeKind.Frontend) return;
            Peers = Before(Ports.Silo);
            Gateway = Before(Ports.Gateway);
        }
    }

    public NodeKind Kind { get; }

    public string Name { get; }

    public NodePorts Ports { get; } = NodePorts.Take();

    public NodeProcess Process { get; }

    /// <summary>From this node to the database.</summary>
    public TcpRelay Database { get; }

    /// <summary>From other silos to this one; null at a frontend.</summary>
    public TcpRelay? Peers { get; private init; }

    /// <summary>From frontend processes to this silo.</summary>
    public TcpRelay? Gateway { get; private init; }

    /// <summary>
    /// Sends SIGTERM and waits for the end; returns what was wrong with it, or null. A silo that was voted out, and learns it only while it stops, ends
    /// itself: others own its mailboxes already, so there is nothing to hand over.
    /// </summary>
    public async Task<string?> StopAsync()
    {
        var code = await Process.StopAsync();
        if (code == 0 || (code == AbortedExitCode && Process.Log.Lines.Any(line => line.Contains("I have been told I am dead", StringComparison.Ordinal))))
            return null;
        return $"{Name} ended with {code} after SIGTERM";
    }

    public void HealNetwork()
    {
        Database.Trap.Disarm();
        Database.Heal();
        Peers?.Heal();
        Gateway?.Heal();
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Database.DisposeAsync();
        if (Peers is not null) await Peers.DisposeAsync();
        if (Gateway is not null) await Gateway.DisposeAsync();
    }

    private TcpRelay Before(int port) => new(new IPEndPoint(IPAddress.Parse(_advertised), port), new IPEndPoint(IPAddress.Loopback, port));

    private string[] Arguments()
    {
        var listen = Peers is null ? _advertised : "127.0.0.1";
        string[] cluster = Kind == NodeKind.Frontend
            ? []
            : [$"--Cluster:Listen={listen}:{Ports.Silo}", $"--Cluster:Gateway={listen}:{Ports.Gateway}", $"--Cluster:Advertise={_advertised}"];
        return
        [
            Kind == NodeKind.Silo ? Built.Silo : Built.Frontend, .. cluster, $"--Data:Path={_folder}", $"--Admin:TokenFile={_tokenFile}",
            "--Storage:Provider=postgresql", $"--Storage:ConnectionString={_database.ConnectionString}",
            $"--Imap:Listen=127.0.0.1:{Ports.Imap}", "--Imaps:Listen=", $"--Lmtp:Listen=127.0.0.1:{Ports.Lmtp}", $"--Http:Listen=127.0.0.1:{Ports.Http}",
            .. _settings,
        ];
    }
}
