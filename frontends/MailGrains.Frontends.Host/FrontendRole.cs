using MailGrains.ClusterTls;
using MailGrains.Hosting;
using MailGrains.Hosting.Settings;
using MailGrains.Hosting.Stores;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Messaging;

namespace MailGrains.Frontends.Host;

/// <summary>
/// Frontends without grains: a client of the cluster's silos, found through the store they share. Holds no mail and may be added or killed at any
/// time.
/// </summary>
internal sealed class FrontendRole : INodeRole
{
    /// <summary>How soon a new silo is used, and what one that is gone was asked is asked again. A small query each time.</summary>
    private static readonly TimeSpan GatewayRefresh = TimeSpan.FromMilliseconds(250);

    public string Description => "IMAP, LMTP and administration for a cluster whose silos run elsewhere.";

    public string Usage => "MailGrains.Frontends.Host";

    public StoreUse Use => StoreUse.Reading;

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
            client.AddOutgoingGrainCallFilter<CallsToTheDead>();
            Watch(client.Services);
        });
        stores.AddReaders(builder.Services);
        stores.AddArchiveReaders(builder.Services);
    }

    private static void Watch(IServiceCollection services)
    {
        var list = services.Last(s => s.ServiceType == typeof(IGatewayListProvider));
        services.Remove(list);
        services.AddSingleton<IGatewayListProvider>(all => ActivatorUtilities.CreateInstance<WatchedGateways>(all, Made(list, all)));
    }

    private static object Made(ServiceDescriptor service, IServiceProvider all) => service.ImplementationInstance
        ?? service.ImplementationFactory?.Invoke(all)
        ?? ActivatorUtilities.CreateInstance(all, service.ImplementationType!);
}
