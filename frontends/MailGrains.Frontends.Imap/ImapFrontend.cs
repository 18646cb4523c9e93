using MailGrains.Frontends.Imap.Session;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailGrains.Frontends.Imap;

public static class ImapFrontend
{
    /// <summary>
    /// Registers <see cref="ImapProtocol"/>; a grain factory, an authenticator, the email reader, the body reader and
    /// <see cref="Grains.Contracts.Calls.SiloChanges"/> must be there.
    /// </summary>
    public static IServiceCollection AddImapFrontend(this IServiceCollection services, ImapOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<ImapProtocol>();
        services.AddHostedService<SiloWatch>();
        return services;
    }
}
