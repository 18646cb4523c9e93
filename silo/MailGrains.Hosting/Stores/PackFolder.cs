using MailGrains.Hosting.Settings;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Packs.Files;

namespace MailGrains.Hosting.Stores;

/// <summary>Bodies in pack files: in the data folder, for one process, or in a folder that all nodes of a cluster share.</summary>
internal sealed class PackFolder(PackBodyStore packs, SharedPackFolder? shared) : IAsyncDisposable
{
    public PackBodyStore Packs => packs;

    /// <summary>Where all nodes' packs are; null: they are of this process alone.</summary>
    public SharedPackFolder? Shared => shared;

    public static PackFolder Open(NodeSettings settings, DataFolder data, IBodyIndex index, ILoggerFactory logging)
    {
        var folder = settings.StoragePacksPath.Length > 0 ? settings.StoragePacksPath : data.Packs;
        return Guarded(folder, () => new PackFolder(new PackBodyStore(new DiskPackFiles(folder), index, logging.CreateLogger<PackBodyStore>()), null));
    }

    public static PackFolder OpenShared(NodeSettings settings, IBodyIndex index, ILoggerFactory logging) => Guarded(settings.StoragePacksPath, () =>
    {
        var files = SharedPackFolder.Open(settings.StoragePacksPath);
        var options = new PackOptions { Stride = SharedPackFolder.Lanes, Lane = files.Lane };
        return new PackFolder(new PackBodyStore(files, index, logging.CreateLogger<PackBodyStore>(), options), files);
    });

    public async ValueTask DisposeAsync()
    {
        await packs.DisposeAsync();
        shared?.Dispose();
    }

    private static PackFolder Guarded(string folder, Func<PackFolder> open)
    {
        try
        {
            return open();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The packs in '{folder}' can't be used: {wrong.Message}", wrong);
        }
    }
}
