using MailGrains.Grains.Cluster;
using MailGrains.Grains.Contracts.Cluster;
using MailGrains.Grains.Directory;
using MailGrains.Grains.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Placement;

namespace MailGrains.Grains.Mailboxes;

/// <summary>Registers what mailbox grains need beside the storage ports, which are the composer's.</summary>
public static class MailboxGrainServices
{
    public static IServiceCollection AddMailboxGrains(this IServiceCollection services)
    {
        services.AddOptions<MailboxLimits>();
        services.AddOptions<MailboxAudit>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MailboxCensus>();
        services.AddSingleton<DomainChanges>();
        services.AddSingleton<BlockingSubscribers>();
        services.AddSingleton<DrainingNodes>();
        services.AddSingleton<NodeDrain>();
        services.AddSingleton<INodeDrain>(provider => provider.GetRequiredService<NodeDrain>());
        services.AddPlacementFilter<NotOnDrainingNodesFilter, NotOnDrainingNodesDirector>(ServiceLifetime.Singleton);
        services.AddPlacementDirector<OnNodePlacement, OnNodeDirector>();
        return services;
    }

    /// <summary>Mailboxes move to other silos before this one stops. To be called after Orleans was added.</summary>
    public static IServiceCollection AddDrainBeforeStop(this IServiceCollection services) => services.AddHostedService<DrainBeforeStop>();
}
