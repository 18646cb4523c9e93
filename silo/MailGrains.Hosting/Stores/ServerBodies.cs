using MailGrains.Hosting.Settings;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Bodies;

namespace MailGrains.Hosting.Stores;

/// <summary>Bodies in a database on a server and in packs beside it: new ones go where the settings say, and all are read where they lie.</summary>
internal sealed class ServerBodies(IBodyStore bodies, PackFolder? packs, PackBodyReader? reader) : IAsyncDisposable
{
    public IBodyStore Bodies => bodies;

    /// <summary>The packs that this process writes and compacts; null: there are none, or it only reads them.</summary>
    public PackFolder? Packs => packs;

    /// <exception cref="SettingsException">There are packs that can't be used, or nobody said where they are.</exception>
    /// <exception cref="Storage.StoreUnavailableException">The database can't be asked now.</exception>
    public static async Task<ServerBodies> OpenAsync(
        RelationalStore store, NodeSettings settings, StoreUse use, ILoggerFactory logging, CancellationToken cancellation)
    {
        var folder = settings.StoragePacksPath;
        if (folder.Length == 0)
        {
            if ((await store.Packs.ReadNumbersAsync(cancellation)).Used == 0) return new ServerBodies(store.Bodies, null, null);
            throw new SettingsException("Bodies lie in packs: Storage:PacksPath must name their folder, wherever new ones go.");
        }

        if (use == StoreUse.Reading)
        {
            var reader = await PackFolder.OpenToReadAsync(folder, store, logging, cancellation);
            return new ServerBodies(new BodiesByPlace(store.Bodies, store.Bodies, reader), null, reader);
        }

        var packs = await PackFolder.OpenSharedAsync(folder, store, logging, cancellation);
        return new ServerBodies(new BodiesByPlace(settings.StorageBodies == "packs" ? packs.Packs : store.Bodies, store.Bodies, packs.Packs), packs, null);
    }

    public async ValueTask DisposeAsync()
    {
        if (packs is not null) await packs.DisposeAsync();
        reader?.Dispose();
    }
}
