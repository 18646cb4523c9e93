using MailGrains.Hosting.Settings;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Sqlite;
using MailGrains.Storage.Sqlite.GrainState;
using MailGrains.Storage.Subscribers;
using Orleans.Configuration;

namespace MailGrains.Hosting.Stores;

/// <summary>The embedded product: SQLite and packs in one folder, for one process.</summary>
internal sealed class SqliteStores(
    SqliteMailboxStore store, PackFolder packs, GatedSqliteDataSource grainState, SqliteArchive? archive, BodyCollectionOptions collection) : NodeStores
{
    public override IMailboxStore Mailboxes => store;

    public override IEmailReader Emails => store;

    public override IBodyIndex BodyIndex => store;

    public override IEventLog Events => store;

    public override ISubscriberStore Subscribers => store.Subscribers;

    public override IEventRetention EventRetention => store.EventRetention;

    public override IBodyStore Bodies => packs.Packs;

    public override IDirectoryStore Accounts => store.Accounts;

    public override IGroupStore Groups => store.Accounts;

    public override IDirectoryActStore DirectoryActs => store.Accounts;

    public override ArchiveStores? Archive => archive?.Stores;

    public override bool IsShared => false;

    public static async Task<NodeStores> OpenAsync(NodeSettings settings, DataFolder data, ILoggerFactory logging)
    {
        if (settings.StorageBodies == "database")
            throw new SettingsException("Storage:Bodies = 'database' needs a database server; SQLite keeps bodies in packs.");
        var store = SqliteMailboxStore.Open(new SqliteStoreOptions { Folder = data.Root }, logging.CreateLogger<SqliteMailboxStore>());
        try
        {
            var former = await FormerDirectory.TakeOverAsync(data.FormerDirectory, store.Accounts);
            if (former > 0) logging.CreateLogger<SqliteStores>().DirectoryTakenOver(former, data.FormerDirectory);
            var packs = await PackFolder.OpenAsync(settings, data, store, logging);
            var archive = settings.ArchiveEnabled ? SqliteArchive.Open(settings, data, logging) : null;
            return new SqliteStores(store, packs, GatedSqliteDataSource.Open(data.GrainDatabase), archive, settings.ToBodyCollection());
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>This process alone has the packs, so it may collect what nobody refers to any more.</summary>
    public override void AddAll(IServiceCollection services)
    {
        base.AddAll(services);
        services.AddSingleton<IBodyCatalog>(store);
        services.AddSingleton(packs.Packs);
        services.AddSingleton(collection);
        services.AddSingleton<BodyCollector>();
        services.AddSingleton<IBodyUsage>(provider => provider.GetRequiredService<BodyCollector>());
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<BodyCollection>(
            provider, (Func<CancellationToken, Task>)provider.GetRequiredService<BodyCollector>().RunAsync));
    }

    public override void UseIn(ISiloBuilder silo)
    {
        silo.AddAdoNetGrainStorageAsDefault(storage => storage.Configure(options =>
        {
            options.Invariant = GatedSqliteDataSource.Invariant;
            options.DataSource = grainState;
        }));
    }

    public override void UseIn(IClientBuilder client) => throw new SettingsException(
        "Frontends apart from the silo need a store that processes share: set Storage:Provider and Storage:ConnectionString.");

    public override async ValueTask DisposeAsync()
    {
        if (archive is not null) await archive.DisposeAsync();
        await packs.DisposeAsync();
        await grainState.DisposeAsync();
        await store.DisposeAsync();
    }
}
