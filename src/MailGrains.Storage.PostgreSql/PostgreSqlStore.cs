using MailGrains.Storage.PostgreSql.Accounts;
using MailGrains.Storage.PostgreSql.Contents;
using MailGrains.Storage.PostgreSql.Group;
using MailGrains.Storage.PostgreSql.Records;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Bodies;
using MailGrains.Storage.Relational.Group;
using MailGrains.Storage.Relational.Records;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Storage.PostgreSql;

/// <summary>The store in one PostgreSQL database.</summary>
public sealed class PostgreSqlStore : RelationalStore
{
    private PostgreSqlStore(int partitions, Func<StorageMetrics, StorageParts> parts, ConnectionSettings settings)
        : base(partitions, parts)
    {
        Orleans = new PostgreSqlOrleans(settings.Plain);
        Records = new RelationalRecords(new PostgreSqlRecordDatabase(settings.Pool));
        Contents = new PostgreSqlContentIndex(new PostgreSqlConnections(settings.Contents, Metrics));
    }

    /// <summary>For Orleans' own tables.</summary>
    public PostgreSqlOrleans Orleans { get; }

    /// <summary>The records of the archive, in the same database: closed with this store.</summary>
    public RelationalRecords Records { get; }

    /// <summary>The index of contents, in the same database: closed with this store.</summary>
    public PostgreSqlContentIndex Contents { get; }

    /// <summary>Opens the store in a database, creating or migrating its schema. Several processes may do so at the same time.</summary>
    /// <exception cref="StoreOpenException">
    /// The server can't be reached, its settings would lose acknowledged mail in a crash, or a newer version wrote the schema.
    /// </exception>
    public static async Task<PostgreSqlStore> OpenAsync(
        PostgreSqlStoreOptions options, ILogger<PostgreSqlStore>? log = null, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        ILogger logger = log ?? NullLogger<PostgreSqlStore>.Instance;
        var settings = new ConnectionSettings(options);
        var (partitions, danger) = await StoreSchema.PrepareAsync(settings, options, cancellation);
        if (danger is not null) logger.UnsafeServer(danger);
        logger.StoreOpened(settings.Name, settings.Schema, partitions);
        return new PostgreSqlStore(partitions, m => Parts(settings, options, partitions, m, time ?? TimeProvider.System, logger), settings);
    }

    public override async ValueTask DisposeAsync()
    {
        await Contents.DisposeAsync();
        await base.DisposeAsync();
        await Orleans.DisposeAsync();
        await Records.DisposeAsync();
    }

    private static StorageParts Parts(
        ConnectionSettings settings, PostgreSqlStoreOptions options, int partitions, StorageMetrics metrics, TimeProvider time, ILogger log)
    {
        var connections = new PostgreSqlConnections(settings.Bodies, metrics);
        var bodies = new DatabaseBodyStore(new PostgreSqlBodyTable(connections), log, options.Bodies, time);
        return new StorageParts(
            new PostgreSqlConnections(settings.Pool, metrics),
            connections,
            new GroupWriter(new PostgreSqlGroupEngine(settings.Writer, options.AllowUnsafeServer, metrics, partitions), bodies.Doubt, time, log),
            bodies,
            new PostgreSqlDirectoryEngine(settings.Pool),
            PackMoves.Ask);
    }
}
