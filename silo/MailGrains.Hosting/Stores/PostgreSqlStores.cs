using MailGrains.Hosting.Settings;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.PostgreSql;

namespace MailGrains.Hosting.Stores;

/// <summary>A cluster's store: everything in one PostgreSQL database, bodies too unless they go to packs on a shared disk.</summary>
internal sealed class PostgreSqlStores(PostgreSqlStore store, PackFolder? packs) : NodeStores
{
    public override IMailboxStore Mailboxes => store;

    public override IEmailReader Emails => store;

    public override IBodyIndex BodyIndex => store;

    public override IEventLog Events => store;

    public override IBodyStore Bodies => packs?.Packs ?? store.Bodies;

    public override IDirectoryStore Accounts => store.Accounts;

    public override IGroupStore Groups => store.Accounts;

    public override bool IsShared => true;

    private (string Invariant, string ConnectionString) Database => (PostgreSqlOrleans.Invariant, store.Orleans.ConnectionString);

    public static async Task<NodeStores> OpenAsync(NodeSettings settings, ILoggerFactory logging)
    {
        if (settings.StorageBodies == "packs" && settings.StoragePacksPath.Length == 0)
            throw new SettingsException("Storage:Bodies = 'packs' needs Storage:PacksPath, a folder that all nodes share.");
        var options = new PostgreSqlStoreOptions
        {
            ConnectionString = StoreOpening.ConnectionString(settings),
            AllowUnsafeServer = settings.StorageAllowUnsafe,
        };
        var store = await PostgreSqlStore.OpenAsync(options, logging.CreateLogger<PostgreSqlStore>());
        try
        {
            return new PostgreSqlStores(store, settings.StorageBodies == "packs" ? PackFolder.OpenShared(settings, store, logging) : null);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public override void UseIn(ISiloBuilder silo)
    {
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = Database);
        silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.ConnectionString) = Database);
        silo.AddAdoNetGrainStorageAsDefault(state => (state.Invariant, state.ConnectionString) = Database);
    }

    public override void UseIn(IClientBuilder client) =>
        client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = Database);

    public override async ValueTask DisposeAsync()
    {
        if (packs is not null) await packs.DisposeAsync();
        await store.DisposeAsync();
    }
}
