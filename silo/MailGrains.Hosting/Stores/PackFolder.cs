using MailGrains.Hosting.Settings;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Packs.Files;
using MailGrains.Storage.Relational;

namespace MailGrains.Hosting.Stores;

/// <summary>Bodies in pack files: in the data folder, for one process, or in a folder that all nodes of a cluster share.</summary>
internal sealed class PackFolder(PackBodyStore packs, SharedPackFolder? shared) : IAsyncDisposable
{
    public PackBodyStore Packs => packs;

    /// <summary>Where all nodes' packs are; null: they are of this process alone.</summary>
    public SharedPackFolder? Shared => shared;

    /// <summary>The packs of a process that has its index for itself.</summary>
    public static Task<PackFolder> OpenAsync<TStore>(NodeSettings settings, DataFolder data, TStore index, ILoggerFactory logging)
        where TStore : IBodyIndex, IPackCatalog
    {
        var folder = settings.StoragePacksPath.Length > 0 ? settings.StoragePacksPath : data.Packs;
        return GuardedAsync(folder, async () =>
        {
            var options = new PackOptions { Above = (await index.ReadNumbersAsync(CancellationToken.None)).Taken };
            return new PackFolder(new PackBodyStore(new DiskPackFiles(folder), index, logging.CreateLogger<PackBodyStore>(), options), null);
        });
    }

    /// <summary>The packs of a silo, in a lane of its own.</summary>
    public static Task<PackFolder> OpenSharedAsync(string folder, RelationalStore store, ILoggerFactory logging, CancellationToken cancellation) =>
        GuardedAsync(folder, async () =>
        {
            await PackFolderCheck.RunAsync(folder, store.Packs, bind: true, cancellation);
            var files = SharedPackFolder.Open(folder);
            try
            {
                // With the lane in hand: nobody else gives numbers in it.
                var above = (await store.Packs.ReadNumbersAsync(cancellation)).Taken;
                var options = new PackOptions { Stride = SharedPackFolder.Lanes, Lane = files.Lane, Above = above };
                return new PackFolder(new PackBodyStore(files, store, logging.CreateLogger<PackBodyStore>(), options), files);
            }
            catch
            {
                files.Dispose();
                throw;
            }
        });

    /// <summary>The packs of all silos, for a process that writes none.</summary>
    public static Task<PackBodyReader> OpenToReadAsync(string folder, RelationalStore store, ILoggerFactory logging, CancellationToken cancellation) =>
        GuardedAsync(folder, async () =>
        {
            await PackFolderCheck.RunAsync(folder, store.Packs, bind: false, cancellation);
            return new PackBodyReader(DiskPackFiles.ToRead(folder), store, logging.CreateLogger<PackBodyReader>(), new PackOptions().OpenPacks);
        });

    public async ValueTask DisposeAsync()
    {
        await packs.DisposeAsync();
        shared?.Dispose();
    }

    private static async Task<T> GuardedAsync<T>(string folder, Func<Task<T>> open)
    {
        try
        {
            return await open();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The packs in '{folder}' can't be used: {wrong.Message}", wrong);
        }
    }
}
