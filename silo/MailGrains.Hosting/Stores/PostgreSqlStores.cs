using MailGrains.Hosting.Settings;
using MailGrains.Storage.PostgreSql;

namespace MailGrains.Hosting.Stores;

/// <summary>A cluster's store in a PostgreSQL database.</summary>
internal static class PostgreSqlStores
{
    public static async Task<NodeStores> OpenAsync(
        NodeSettings settings, StoreUse use, ILoggerFactory logging, CancellationToken cancellation)
    {
        ServerStores.Check(settings);
        var options = new PostgreSqlStoreOptions
        {
            ConnectionString = StoreOpening.ConnectionString(settings),
            AllowUnsafeServer = settings.StorageAllowUnsafe,
        };
        var store = await PostgreSqlStore.OpenAsync(options, logging.CreateLogger<PostgreSqlStore>(), cancellation: cancellation);
        var archive = settings.ArchiveEnabled
            ? new ArchiveStores(
                store.Records, settings.ArchiveFullText ? store.Contents : null, settings.ChangelogEnabled ? store.Records.Objects : null)
            : null;
        return await ServerStores.OfAsync(store, (PostgreSqlOrleans.Invariant, store.Orleans.ConnectionString), archive, settings, use, logging, cancellation);
    }
}
