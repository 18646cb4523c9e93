using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailGrains.Grains.Directory;

/// <summary>Registers what the directory does by itself; the storage ports are the composer's.</summary>
public static class DirectoryGrainServices
{
    public static IServiceCollection AddDirectorySweep(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<OwedActsSweep>();
        return services;
    }
}
