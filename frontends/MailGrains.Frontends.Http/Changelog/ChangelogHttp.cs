using MailGrains.Changelog.History;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>The changelog of groupware objects over JSON-RPC, as Bonnie's clients ask for it: docs/changelog.md.</summary>
public static class ChangelogHttp
{
    public const string Path = "/api/rpc";

    /// <summary>
    /// Registers the endpoint; <see cref="IChangeHistory"/>, an authenticator and a grain factory must be there.
    /// </summary>
    /// <param name="secret">Known to the clients, which sign with it; not empty.</param>
    public static IServiceCollection AddChangelogRpc(this IServiceCollection services, string secret)
    {
        services.AddSingleton(new RequestSignatures(secret));
        services.AddSingleton<ObjectChangelog>();
        services.AddSingleton<RpcAccess>();
        services.AddSingleton<MailboxOwners>();
        services.AddSingleton<RpcMethods>();
        services.AddSingleton<RpcEndpoint>();
        return services;
    }

    /// <summary>Maps the endpoint where it is registered. Elsewhere the path is one of the admin API that isn't there.</summary>
    public static void MapChangelogRpc(this WebApplication app)
    {
        if (app.Services.GetService<RpcEndpoint>() is { } endpoint) app.MapPost(Path, endpoint.ServeAsync).WithMetadata(OwnAccess.Instance);
    }
}
