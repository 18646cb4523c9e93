using MailGrains.Hosting.Settings;
using MailGrains.Storage.SqlServer;

namespace MailGrains.Hosting.Stores;

/// <summary>A cluster's store in a SQL Server database.</summary>
internal static class SqlServerStores
{
    public static async Task<NodeStores> OpenAsync(
        NodeSettings settings, StoreUse use, ILoggerFactory logging, CancellationToken cancellation)
    {
        ServerStores.Check(settings);
        if (settings.ArchiveEnabled) throw new SettingsException("Archive:Enabled: there is no archive on SQL Server yet; use sqlite or postgresql.");
        var options = new SqlServerStoreOptions
        {
            ConnectionString = StoreOpening.ConnectionString(settings),
            AllowUnsafeDatabase = settings.StorageAllowUnsafe,
        };
        var store = await SqlServerStore.OpenAsync(options, logging.CreateLogger<SqlServerStore>(), cancellation: cancellation);
        return await ServerStores.OfAsync(
            store, (SqlServerOrleans.Invariant, store.Orleans.ConnectionString), archive: null, settings, use, logging, cancellation);
    }
}
