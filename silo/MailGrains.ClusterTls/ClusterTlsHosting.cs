using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;

namespace MailGrains.ClusterTls;

/// <summary>Mutual TLS between silos, and from frontend processes to silos. All nodes of a cluster use it, or none.</summary>
public static class ClusterTlsHosting
{
    /// <summary>
    /// Connections from and to other silos, and those of frontend processes. A file that is wrong fails the start with a <see cref="FormatException"/>.
    /// </summary>
    public static ISiloBuilder UseClusterTls(this ISiloBuilder silo, ClusterTlsOptions options)
    {
        AddMiddleware(silo.Services, options);
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<ClusterTlsMiddleware>((connections, tls) =>
        {
            connections.ConfigureSiloInboundConnection(tls.Accept);
            connections.ConfigureSiloOutboundConnection(tls.Connect);
            connections.ConfigureGatewayInboundConnection(tls.Accept);
        });
        return silo;
    }

    /// <summary>A frontend process' connections to silos. A file that is wrong fails the start with a <see cref="FormatException"/>.</summary>
    public static IClientBuilder UseClusterTls(this IClientBuilder client, ClusterTlsOptions options)
    {
        AddMiddleware(client.Services, options);
        client.Services.AddOptions<ClientConnectionOptions>()
            .Configure<ClusterTlsMiddleware>((connections, tls) => connections.ConfigureConnection(tls.Connect));
        return client;
    }

    private static void AddMiddleware(IServiceCollection services, ClusterTlsOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<ClusterCertificates>();
        services.AddSingleton<ClusterTlsMiddleware>();
    }
}
