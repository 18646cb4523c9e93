using MailGrains.Hosting.Settings;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Packs.Files;

namespace MailGrains.Hosting.Stores;

/// <summary>Bodies in pack files: in the data folder, or in a folder that all silos share.</summary>
internal static class PackFolder
{
    public static PackBodyStore Open(NodeSettings settings, DataFolder data, IBodyIndex index, ILoggerFactory logging)
    {
        var folder = settings.StoragePacksPath.Length > 0 ? settings.StoragePacksPath : data.Packs;
        try
        {
            return new PackBodyStore(new DiskPackFiles(folder), index, logging.CreateLogger<PackBodyStore>());
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The packs in '{folder}' can't be used: {wrong.Message}", wrong);
        }
    }
}
