using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailGrains.Grains.Mailboxes;

/// <summary>Registers what mailbox grains need beside the storage ports, which are the composer's.</summary>
public static class MailboxGrainServices
{
    public static IServiceCollection AddMailboxGrains(this IServiceCollection services)
    {
        services.AddOptions<MailboxLimits>();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }
}
