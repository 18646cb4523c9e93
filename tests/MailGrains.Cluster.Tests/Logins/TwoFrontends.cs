using MailGrains.Cluster.Tests.Cluster;
using MailGrains.TestKit.Checking;
using Xunit;

namespace MailGrains.Cluster.Tests.Logins;

/// <summary>A silo and two frontends that strangers come to, started once for all tests of a class.</summary>
public sealed class TwoFrontends : IAsyncLifetime
{
    /// <summary>Frontends believe the PROXY header of peers there, and of no others.</summary>
    internal const string TrustedPeer = "127.0.2.1";

    internal const string UntrustedPeer = "127.0.0.1";

    /// <summary>What a frontend admits of one address that is not of this machine.</summary>
    internal const int ConnectionsPerAddress = 20;

    /// <summary>Names of which each test takes its own: failures of one are counted for all nodes.</summary>
    internal const int Users = 232;

    private ClusterProcesses? _cluster;

    internal IReadOnlyList<ClusterNode> Frontends => Cluster.Frontends;

    internal IEnumerable<ClusterNode> Nodes => Cluster.Nodes;

    private ClusterProcesses Cluster => _cluster ?? throw new InvalidOperationException("The cluster is not started.");

    internal static string User(int number) => $"user{number}@example.org";

    public async ValueTask InitializeAsync()
    {
        string[] settings = ["--Proxy:TrustedNetworks=127.0.2.0/24", $"--Limits:ConnectionsPerAddress={ConnectionsPerAddress}"];
        _cluster = await ClusterProcesses.StartAsync(silos: 1, frontends: 2, settings);
        await _cluster.AddAccountsAsync(LoadRun.Password, [.. Enumerable.Range(0, Users).Select(User)]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }
}
