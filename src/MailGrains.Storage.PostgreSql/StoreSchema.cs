using System.Net.Sockets;
using DbUp;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Reading;
using Npgsql;

namespace MailGrains.Storage.PostgreSql;

/// <summary>Looks at the server, and creates the schema or brings it up to date, before the store is used.</summary>
internal static class StoreSchema
{
    private const int OldestServer = 14;
    private const string PartitionsMeta = "partitions";
    private const long WriterForgottenAfter = 30L * 24 * 3600 * 1_000_000;

    /// <summary>Returns the store's number of event partitions: the wanted one when it is new. Several processes may do this at once.</summary>
    /// <exception cref="StoreOpenException">The server can't be reached or is not safe, or a newer version wrote the schema.</exception>
    public static async Task<(int Partitions, string? Unsafe)> PrepareAsync(
        ConnectionSettings settings, PostgreSqlStoreOptions options, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(settings.Once);
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            var danger = await DangerAsync(connection, cancellation);
            if (danger is not null && !options.AllowUnsafeServer)
                throw new StoreOpenException($"{settings.Name} would lose acknowledged mail in a crash: {danger}. Change that in its configuration.");
            // Held until the connection closes; others wait here.
            await ExecuteAsync(connection, "LockSchema", settings.Schema, cancellation);
            await CreateSchemaAsync(connection, settings.Schema, cancellation);
            await Task.Run(() => Upgrade(settings), cancellation);
            return (await PartitionsAsync(connection, settings.Name, options.Partitions, cancellation), danger);
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or IOException or TimeoutException)
        {
            throw new StoreOpenException($"{settings.Name} can't be used: {e.Message}", e) { MayPass = Failures.MayPass(e) };
        }
        catch (StoreOpenException e) when (e.InnerException is { } cause && Failures.MayPass(cause))
        {
            throw new StoreOpenException(e.Message, cause) { MayPass = true };
        }
    }

    private static void Upgrade(ConnectionSettings settings) => SchemaUpgrade.RunAll(
        settings.Name,
        journal => DeployChanges.To.PostgresqlDatabase(settings.Once).JournalToPostgresqlTable(settings.Schema, journal).WithTransactionPerScript()
            .WithExecutionTimeout(TimeSpan.Zero),
        PostgreSqlStatements.Sql);

    /// <summary>Why the server would lose acknowledged mail in a crash, as this connection has it; null when it would not.</summary>
    public static async Task<string?> DangerAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var values = new Dictionary<string, string>();
        await using var command = new NpgsqlCommand(PostgreSqlStatements.Sql.Statement("ReadServerSettings"), connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) values[reader.GetString(0)] = reader.GetString(1);
        var version = int.Parse(values["server_version_num"], System.Globalization.CultureInfo.InvariantCulture) / 10_000;
        if (version < OldestServer) throw new StoreOpenException($"PostgreSQL {version} is too old; {OldestServer} or newer is needed.");
        var off = values.Where(v => v.Value == "off").Select(v => $"{v.Key} is off").Order(StringComparer.Ordinal).ToArray();
        return off.Length == 0 ? null : string.Join(", ", off);
    }

    private static async Task CreateSchemaAsync(NpgsqlConnection connection, string schema, CancellationToken cancellation)
    {
        // CREATE SCHEMA IF NOT EXISTS wants the right to create it even when it is there.
        if (await ScalarAsync(connection, "SchemaExists", schema, cancellation) is true) return;
        await using var create = new NpgsqlCommand($"CREATE SCHEMA \"{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
        await create.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<int> PartitionsAsync(NpgsqlConnection connection, string name, int wanted, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        await ExecuteAsync(connection, "ForgetWriters", WriterForgottenAfter, cancellation);
        if (await ScalarAsync(connection, "ReadMeta", PartitionsMeta, cancellation) is long existing) return (int)existing;
        await using var partitions = new NpgsqlCommand(PostgreSqlStatements.Sql.Statement("ReadPartitionsLast"), connection);
        if (await partitions.ExecuteScalarAsync(cancellation) is not null) throw StoreOpenException.WithoutPartitions(name);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(PostgreSqlStatements.Command(new Question("WriteMeta", PartitionsMeta, (long)wanted)));
        batch.BatchCommands.Add(PostgreSqlStatements.Command(new Question("AddPartitions", wanted)));
        await batch.ExecuteNonQueryAsync(cancellation);
        return wanted;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string statement, object value, CancellationToken cancellation)
    {
        await using var command = PostgreSqlStatements.Single(new Question(statement, value));
        command.Connection = connection;
        return await command.ExecuteScalarAsync(cancellation);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, object value, CancellationToken cancellation)
    {
        await using var command = PostgreSqlStatements.Single(new Question(statement, value));
        (command.Connection, command.CommandTimeout) = (connection, 0);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
