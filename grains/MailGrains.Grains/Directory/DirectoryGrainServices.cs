using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailGrains.Grains.Directory;

/// <summary>Registers what the directory does by itself; the storage ports are the composer's.</summary>
public static class DirectoryGrainServices
{
    /// <param name="services">Where to.</param>
    /// <param name="keepFor">How long events are kept in the log; null: for ever.</param>
    public static IServiceCollection AddDirectorySweep(this IServiceCollection services, TimeSpan? keepFor)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(DirectoryLogOptions.For(keepFor));
        services.AddHostedService<OwedActsSweep>();
        services.AddHostedService<DirectoryLogSweep>();
        return services;
    }
}
