using MailGrains.Storage.Bodies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailGrains.Grains.Bodies;

/// <summary>Registers the collection of bodies in a database that silos share.</summary>
public static class BodyCollectionServices
{
    /// <param name="unusedFor">How long a body nobody refers to any more is kept.</param>
    public static IServiceCollection AddBodyCollection(this IServiceCollection services, IUnusedBodies bodies, TimeSpan unusedFor)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddTransient(provider => new UnusedBodiesWalk(
            bodies,
            provider.GetServices<IBodyRetention>(),
            new UnusedBodiesOptions { UnusedFor = unusedFor },
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<BodyCollectionTicks>();
        return services;
    }
}
