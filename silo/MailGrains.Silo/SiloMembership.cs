using System.Net;
using System.Net.Sockets;
using MailGrains.ClusterTls;
using MailGrains.Hosting;
using MailGrains.Hosting.Settings;
using MailGrains.Hosting.Stores;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace MailGrains.Silo;

/// <summary>A silo's place in its cluster: addresses, failure detection, and what Orleans keeps in the store.</summary>
internal static class SiloMembership
{
    public static void Join(this ISiloBuilder silo, NodeSettings settings, NodeStores stores)
    {
        var (listen, gateway) = (WithPort(settings.ClusterListen), WithPort(settings.ClusterGateway));
        if (stores.IsShared) Listen(silo, settings, listen, gateway);
        else silo.UseLocalhostClustering(listen.Port, gateway.Port, serviceId: settings.ClusterId, clusterId: settings.ClusterId);
        silo.Configure<ClusterOptions>(settings.Apply);
        silo.Configure<ClusterMembershipOptions>(Apply);
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ClusterTimes.Response);
        silo.AddDashboard(dashboard => dashboard.HideTrace = true);
        if (settings.ClusterTls() is { } tls) silo.UseClusterTls(tls);
        stores.UseIn(silo);
    }

    private static void Listen(ISiloBuilder silo, NodeSettings settings, IPEndPoint listen, IPEndPoint gateway) => silo.Configure<EndpointOptions>(options =>
    {
        options.AdvertisedIPAddress = Advertised(settings, listen.Address);
        (options.SiloPort, options.GatewayPort) = (listen.Port, gateway.Port);
        (options.SiloListeningEndpoint, options.GatewayListeningEndpoint) = (listen, gateway);
    });

    /// <summary>
    /// A killed silo is found out after about a second, one that hangs within five. What was heard on a connection counts as a sign of life for
    /// MaxProbeTimeout × NumMissedProbesLimit, so the default of the former would keep a hanging one alive for a minute; and only so long a silence, or
    /// refused connections, take a busy silo for a dead one.
    /// </summary>
    private static void Apply(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromMilliseconds(350);
        membership.MaxProbeTimeout = TimeSpan.FromMilliseconds(1500);
        membership.NumMissedProbesLimit = 3;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
        membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
    }

    private static IPAddress Advertised(NodeSettings settings, IPAddress listen)
    {
        if (settings.ClusterAdvertise.Length == 0)
        {
            return listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any)
                ? throw new SettingsException("Cluster:Listen is every address of this host: Cluster:Advertise must say at which one others find it.")
                : listen;
        }

        try
        {
            var addresses = Dns.GetHostAddresses(settings.ClusterAdvertise);
            return addresses.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
        }
        catch (SocketException unknown)
        {
            throw new SettingsException($"Cluster:Advertise '{settings.ClusterAdvertise}' is no address and can't be resolved: {unknown.Message}", unknown);
        }
    }

    private static IPEndPoint WithPort(IPEndPoint endPoint)
    {
        if (endPoint.Port != 0) return endPoint;
        using var probe = new TcpListener(endPoint.Address, 0);
        probe.Start();
        return (IPEndPoint)probe.LocalEndpoint;
    }
}
