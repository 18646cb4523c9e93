using MailGrains.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailGrains.Frontends.Authentication;

public static class AuthenticationServices
{
    /// <summary>Registers <see cref="IAuthenticator"/> and <see cref="PasswordHasher"/>; a grain factory must be there.</summary>
    public static IServiceCollection AddMailAuthentication(this IServiceCollection services, AuthenticationOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.TryAddSingleton<PasswordHasher>();
        services.TryAddSingleton<VerifiedPasswords>();
        services.TryAddSingleton<IAuthenticator, Authenticator>();
        return services;
    }
}
