using MailGrains.Changelog.History;
using MailGrains.Frontends.Http.Changelog;
using MailGrains.Hosting.Settings;
using MailGrains.Hosting.Stores;

namespace MailGrains.Hosting;

/// <summary>The changelog of groupware objects on a silo, over what the archive has.</summary>
public static class ChangelogHosting
{
    /// <param name="archive">Without one, or one without objects, there is no changelog.</param>
    /// <exception cref="SettingsException">The secret can't be read.</exception>
    public static IServiceCollection AddChangelog(this IServiceCollection services, NodeSettings settings, ArchiveStores? archive)
    {
        if (archive?.Objects is not { } objects) return services;
        services.AddSingleton(objects);
        services.AddSingleton<IChangeHistory, RecordedHistory>();
        return services.AddChangelogRpc(ChangelogSettings.Secret(settings));
    }
}
