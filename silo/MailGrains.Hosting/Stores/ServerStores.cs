using MailGrains.Hosting.Settings;
using MailGrains.Storage;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Checkpoints;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Subscribers;

namespace MailGrains.Hosting.Stores;

/// <summary>A cluster's store: everything in one database on a server, but for bodies in packs on a shared disk.</summary>
/// <param name="orleans">The invariant name and connection string of Orleans' tables.</param>
internal sealed class ServerStores(
    RelationalStore store,
    ServerBodies bodies,
    (string Invariant, string ConnectionString) orleans,
    ArchiveStores? archive,
    BodyCollectionOptions collection) : NodeStores
{
    public override IMailboxStore Mailboxes => store;

    public override IEmailReader Emails => store;

    public override IBodyIndex BodyIndex => store;

    public override IEventLog Events => store;

    public override ISubscriberStore Subscribers => store.Subscribers;

    public override IEventRetention EventRetention => store.EventRetention;

    public override ICheckpointStore Checkpoints => store.Checkpoints;

    public override IBodyStore Bodies => bodies.Bodies;

    public override IUnusedBodies UnusedBodies => store.UnusedBodies;

    public override IDirectoryStore Accounts => store.Accounts;

    public override IGroupStore Groups => store.Accounts;

    public override IDirectoryActStore DirectoryActs => store.Accounts;

    public override ArchiveStores? Archive => archive;

    public override bool IsShared => true;

    /// <exception cref="SettingsException">Packs are wanted, but nobody said where.</exception>
    public static void Check(NodeSettings settings)
    {
        if (settings.StorageBodies == "packs" && settings.StoragePacksPath.Length == 0)
            throw new SettingsException("Storage:Bodies = 'packs' needs Storage:PacksPath, a folder that all nodes share.");
    }

    /// <summary>Takes over an open store; when this fails it is closed.</summary>
    public static async Task<NodeStores> OfAsync(
        RelationalStore store,
        (string Invariant, string ConnectionString) orleans,
        ArchiveStores? archive,
        NodeSettings settings,
        StoreUse use,
        ILoggerFactory logging,
        CancellationToken cancellation)
    {
        try
        {
            var bodies = await ServerBodies.OpenAsync(store, settings, use, logging, cancellation);
            return new ServerStores(store, bodies, orleans, archive, settings.ToBodyCollection());
        }
        catch (StoreUnavailableException away)
        {
            await store.DisposeAsync();
            throw new StoreOpenException(away.Message, away) { MayPass = true };
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Each silo compacts the packs of its own lane.</summary>
    public override void AddAll(IServiceCollection services)
    {
        base.AddAll(services);
        if (bodies.Packs is not { Shared: { } shared } packs) return;
        services.AddHostedService(provider =>
        {
            var collector = ActivatorUtilities.CreateInstance<SharedPackCollector>(provider, packs.Packs, shared, store.Packs, collection);
            return ActivatorUtilities.CreateInstance<BodyCollection>(provider, (Func<CancellationToken, Task>)collector.RunAsync);
        });
    }

    public override void UseIn(ISiloBuilder silo)
    {
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = orleans);
        silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.ConnectionString) = orleans);
        silo.AddAdoNetGrainStorageAsDefault(state => (state.Invariant, state.ConnectionString) = orleans);
    }

    public override void UseIn(IClientBuilder client) =>
        client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = orleans);

    public override async ValueTask DisposeAsync()
    {
        await bodies.DisposeAsync();
        await store.DisposeAsync();
    }
}
