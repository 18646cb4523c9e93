using System.Net;
using System.Net.Sockets;
using MailGrains.Grains.Directory;
using MailGrains.Silo.Settings;
using MailGrains.Storage.Sqlite.GrainState;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace MailGrains.Silo;

/// <summary>The silo itself: one member, its ports on the loopback only, small grain state in SQLite.</summary>
internal static class SiloOrleans
{
    public static void AddOrleansSilo(this WebApplicationBuilder builder, SiloSettings settings, DataFolder data)
    {
        builder.Services.AddSingleton(_ => GatedSqliteDataSource.Open(data.GrainDatabase));
        builder.Host.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(PortOrFree(settings.SiloPort), PortOrFree(settings.GatewayPort), serviceId: "mailgrains", clusterId: "mailgrains");
            silo.Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(15));
            silo.AddDashboard(dashboard => dashboard.HideTrace = true);
            silo.AddAdoNetGrainStorage(DirectoryStorage.Name, storage => storage.Configure<GatedSqliteDataSource>((options, source) =>
            {
                options.Invariant = GatedSqliteDataSource.Invariant;
                options.DataSource = source;
            }));
        });
    }

    private static int PortOrFree(int port)
    {
        if (port != 0) return port;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
