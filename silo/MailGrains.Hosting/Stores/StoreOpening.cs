using MailGrains.Hosting.Settings;
using MailGrains.Storage;

namespace MailGrains.Hosting.Stores;

/// <summary>Opens the engines that the settings name.</summary>
internal static class StoreOpening
{
    /// <exception cref="SettingsException">They can't be opened as the settings have it.</exception>
    /// <exception cref="StoreOpenException">As <see cref="StoreWaiting.OpenAsync"/>.</exception>
    public static async Task<NodeStores> OpenAsync(
        NodeSettings settings, StoreUse use, DataFolder data, ILoggerFactory logging, CancellationToken stopping)
    {
        var waiting = new StoreWaiting(settings.StorageStartTimeout, TimeProvider.System, logging.CreateLogger<StoreWaiting>());
        return await waiting.OpenAsync(
            c => OpenOnceAsync(settings, use, data, logging, c), () => WaitingListener.OpenAsync(settings.HttpListen, settings.TrustedProxies), stopping);
    }

    private static Task<NodeStores> OpenOnceAsync(
        NodeSettings settings, StoreUse use, DataFolder data, ILoggerFactory logging, CancellationToken stopping) =>
        settings.StorageProvider switch
        {
            "sqlite" => SqliteStores.OpenAsync(settings, data, logging),
            "postgresql" => PostgreSqlStores.OpenAsync(settings, use, logging, stopping),
            "sqlserver" => SqlServerStores.OpenAsync(settings, use, logging, stopping),
            _ => throw new SettingsException($"Storage:Provider '{settings.StorageProvider}' is unknown."),
        };

    /// <summary>The connection string, wherever it stands.</summary>
    public static string ConnectionString(NodeSettings settings)
    {
        var (text, file) = (settings.StorageConnectionString, settings.StorageConnectionStringFile);
        if (text.Length > 0 && file.Length > 0)
            throw new SettingsException("Storage:ConnectionString and Storage:ConnectionStringFile are both set; one is enough.");
        if (text.Length == 0 && file.Length == 0) throw new SettingsException($"Storage:Provider '{settings.StorageProvider}' needs Storage:ConnectionString.");
        return text.Length > 0 ? text : SettingFile.Read("Storage:ConnectionStringFile", file);
    }
}
