using MailGrains.Silo.Settings;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Packs.Files;
using MailGrains.Storage.Sqlite;

namespace MailGrains.Silo;

/// <summary>The engines behind the storage ports. Closed in reverse order when the host ends: first the committer, last the database.</summary>
internal static class SiloStores
{
    private static readonly Type[] Ports =
        [
            typeof(IMailboxStore), typeof(IEmailReader), typeof(IBodyIndex), typeof(IBodyCatalog), typeof(IEventLog), typeof(IBodyStore),
            typeof(IBodyReader),
        ];

    public static void AddStores(this IServiceCollection services, DataFolder data, BodyCollectionOptions options)
    {
        services.AddSingleton(provider => SqliteMailboxStore.Open(
            new SqliteStoreOptions { Folder = data.Root }, provider.GetRequiredService<ILogger<SqliteMailboxStore>>()));
        services.AddSingleton<IMailboxStore>(provider => provider.GetRequiredService<SqliteMailboxStore>());
        services.AddSingleton<IEmailReader>(provider => provider.GetRequiredService<SqliteMailboxStore>());
        services.AddSingleton<IBodyIndex>(provider => provider.GetRequiredService<SqliteMailboxStore>());
        services.AddSingleton<IBodyCatalog>(provider => provider.GetRequiredService<SqliteMailboxStore>());
        services.AddSingleton<IEventLog>(provider => provider.GetRequiredService<SqliteMailboxStore>());

        services.AddSingleton<IPackFiles>(_ => new DiskPackFiles(data.Packs));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PackBodyStore>(provider));
        services.AddSingleton<IBodyStore>(provider => provider.GetRequiredService<PackBodyStore>());
        services.AddSingleton<IBodyReader>(provider => provider.GetRequiredService<PackBodyStore>());

        services.AddSingleton(options);
        services.AddSingleton<BodyCollector>();
        services.AddSingleton<IBodyUsage>(provider => provider.GetRequiredService<BodyCollector>());

        services.AddSingleton<ICommitter>(provider =>
        {
            // The container closes an engine in its turn for every port under which it was asked for: none may come after the committer.
            foreach (var port in Ports) provider.GetRequiredService(port);
            return ActivatorUtilities.CreateInstance<Committer>(provider);
        });
    }
}
