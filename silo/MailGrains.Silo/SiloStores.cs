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
    public static void AddStores(this IServiceCollection services, DataFolder data)
    {
        services.AddSingleton(provider => SqliteMailboxStore.Open(
            new SqliteStoreOptions { Folder = data.Root }, provider.GetRequiredService<ILogger<SqliteMailboxStore>>()));
        services.AddSingleton<IMailboxStore>(provider => provider.GetRequiredService<SqliteMailboxStore>());
        services.AddSingleton<IEmailReader>(provider => provider.GetRequiredService<SqliteMailboxStore>());
        services.AddSingleton<IBodyIndex>(provider => provider.GetRequiredService<SqliteMailboxStore>());
        services.AddSingleton<IEventLog>(provider => provider.GetRequiredService<SqliteMailboxStore>());

        services.AddSingleton<IPackFiles>(_ => new DiskPackFiles(data.Packs));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PackBodyStore>(provider));
        services.AddSingleton<IBodyStore>(provider => provider.GetRequiredService<PackBodyStore>());
        services.AddSingleton<IBodyReader>(provider => provider.GetRequiredService<PackBodyStore>());

        services.AddSingleton<ICommitter>(provider => ActivatorUtilities.CreateInstance<Committer>(provider));
    }
}
