using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace MailGrains.ClusterTls.Tests;

/// <summary>A silo, or a client of it, on real sockets.</summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    private const string Name = "tls";

    private readonly IHost _host;

    private ClusterNode(Action<IHostApplicationBuilder> orleans)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(Logs).AddFilter("Orleans", LogLevel.None);
        orleans(builder);
        _host = builder.Build();
    }

    public int SiloPort { get; private init; }

    public int GatewayPort { get; private init; }

    public RecordedLog Logs { get; } = new();

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <param name="tls">null: without.</param>
    public static async Task<ClusterNode> SiloAsync(ClusterTlsOptions? tls, ClusterNode? primary = null)
    {
        var (siloPort, gatewayPort) = (FreePort(), FreePort());
        var node = new ClusterNode(builder => builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort, primary is null ? null : new IPEndPoint(IPAddress.Loopback, primary.SiloPort), Name, Name);
            if (tls is not null) silo.UseClusterTls(tls);
        }))
        {
            SiloPort = siloPort,
            GatewayPort = gatewayPort,
        };
        await node._host.StartAsync();
        return node;
    }

    public static async Task<ClusterNode> ClientAsync(ClusterTlsOptions? tls, params ClusterNode[] silos)
    {
        var node = new ClusterNode(builder => builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering([.. silos.Select(s => new IPEndPoint(IPAddress.Loopback, s.GatewayPort))]);
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (Name, Name));
            client.UseConnectionRetryFilter((_, _) => Task.FromResult(false));
            if (tls is not null) client.UseClusterTls(tls);
        }));
        try
        {
            await node._host.StartAsync();
            return node;
        }
        catch
        {
            node._host.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
