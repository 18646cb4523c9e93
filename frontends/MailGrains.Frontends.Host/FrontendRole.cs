using MailGrains.ClusterTls;
using MailGrains.Hosting;
using MailGrains.Hosting.Settings;
using MailGrains.Hosting.Stores;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace MailGrains.Frontends.Host;

/// <summary>
/// Frontends without grains: a client of the cluster's silos, found through the store they share. Holds no mail and may be added or killed at any
/// time.
/// </summary>
internal sealed class FrontendRole : INodeRole
{
    /// <summary>How soon a new silo is used, and one that is gone no longer tried.</summary>
    private static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(5);

    public string Description => "IMAP, LMTP and administration for a cluster whose silos run elsewhere.";

    public string Usage => "MailGrains.Frontends.Host";

    public void Add(WebApplicationBuilder builder, NodeSettings settings, NodeStores stores)
    {
        builder.Host.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(settings.Apply);
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayRefresh);
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ClusterTimes.Response);
            client.UseConnectionRetryFilter<PatientConnecting>();
            client.AddDashboard();
            if (settings.ClusterTls() is { } tls) client.UseClusterTls(tls);
            stores.UseIn(client);
        });
        stores.AddReaders(builder.Services);
    }
}
