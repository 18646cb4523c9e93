using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Bodies;
using MailGrains.Storage.Relational.Group;
using MailGrains.Storage.SqlServer.Accounts;
using MailGrains.Storage.SqlServer.Group;
using MailGrains.Storage.SqlServer.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Storage.SqlServer;

/// <summary>The store in one SQL Server database.</summary>
public sealed class SqlServerStore : RelationalStore
{
    private SqlServerStore(int partitions, Func<StorageMetrics, StorageParts> parts, SqlServerOrleans orleans)
        : base(partitions, parts) => Orleans = orleans;

    /// <summary>For Orleans' own tables.</summary>
    public SqlServerOrleans Orleans { get; }

    /// <summary>Opens the store in a database, creating or migrating its schema. Several processes may do so at the same time.</summary>
    /// <exception cref="StoreOpenException">
    /// The server can't be reached, the database would lose acknowledged mail in a crash or keeps no row versions, or a newer version wrote the schema.
    /// </exception>
    public static async Task<SqlServerStore> OpenAsync(
        SqlServerStoreOptions options, ILogger<SqlServerStore>? log = null, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        ILogger logger = log ?? NullLogger<SqlServerStore>.Instance;
        var settings = new ConnectionSettings(options);
        var (partitions, danger) = await StoreSchema.PrepareAsync(settings, options, cancellation);
        if (danger is not null) logger.UnsafeDatabase(danger);
        logger.StoreOpened(settings.Name, partitions);
        return new SqlServerStore(
            partitions, m => Parts(settings, options, partitions, m, time ?? TimeProvider.System, logger), new SqlServerOrleans(settings.Plain));
    }

    private static StorageParts Parts(
        ConnectionSettings settings, SqlServerStoreOptions options, int partitions, StorageMetrics metrics, TimeProvider time, ILogger log)
    {
        var connections = new SqlServerConnections(settings.Pool, metrics);
        var bodies = new DatabaseBodyStore(new SqlServerBodyTable(connections), log, options.Bodies, time);
        return new StorageParts(
            new SqlServerConnections(settings.Pool, metrics),
            connections,
            new GroupWriter(new SqlServerGroupEngine(settings.Writer, metrics, partitions), bodies.Doubt, time, log),
            bodies,
            new SqlServerDirectoryEngine(settings.Directory),
            PackTables.Ask);
    }
}
