using System.Data;
using System.Net.Sockets;
using DbUp;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Reading;
using Microsoft.Data.SqlClient;

namespace MailGrains.Storage.SqlServer;

/// <summary>Looks at the database, and creates the schema or brings it up to date, before the store is used.</summary>
internal static class StoreSchema
{
    private const int OldestServer = 14;
    private const int ForcedDelay = 2;
    private const string PartitionsMeta = "partitions";
    private const long WriterForgottenAfter = 30L * 24 * 3600 * 1_000_000;

    /// <summary>Returns the store's number of event partitions: the wanted one when it is new. Several processes may do this at once.</summary>
    /// <exception cref="StoreOpenException">The database is not safe or not fit, or a newer version wrote the schema.</exception>
    public static async Task<(int Partitions, string? Unsafe)> PrepareAsync(
        ConnectionSettings settings, SqlServerStoreOptions options, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new SqlConnection(settings.Once);
            await connection.OpenAsync(cancellation);
            var danger = await DangerAsync(connection, settings.Name, cancellation);
            if (danger is not null && !options.AllowUnsafeDatabase)
                throw new StoreOpenException($"{settings.Name} would lose acknowledged mail in a crash: {danger}.");
            // Held until the connection closes; others wait here.
            await ExecuteAsync(connection, new Question("LockSchema"), cancellation);
            await ExecuteAsync(connection, new Question("CreateSchema"), cancellation);
            await Task.Run(() => Upgrade(settings), cancellation);
            return (await PartitionsAsync(connection, settings.Name, options.Partitions, cancellation), danger);
        }
        catch (Exception e) when (e is SqlException or SocketException or IOException or TimeoutException)
        {
            throw new StoreOpenException($"{settings.Name} can't be used: {FirstLine(e)}", e) { MayPass = Failures.MayPass(e) };
        }
        catch (StoreOpenException e) when (e.InnerException is { } cause && Failures.MayPass(cause))
        {
            throw new StoreOpenException(e.Message, cause) { MayPass = true };
        }
    }

    /// <summary>The driver's messages may have several.</summary>
    private static string FirstLine(Exception failure) => failure.Message.Split('\r', '\n')[0];

    private static void Upgrade(ConnectionSettings settings) => SchemaUpgrade.RunAll(
        settings.Name,
        journal => DeployChanges.To.SqlDatabase(settings.Once).JournalToSqlTable("mailgrains", journal).WithTransactionPerScript()
            .WithExecutionTimeout(TimeSpan.Zero),
        SqlServerStatements.Sql);

    private static async Task<string?> DangerAsync(SqlConnection connection, string name, CancellationToken cancellation)
    {
        await using var command = SqlServerStatements.Command([new Question("ReadServerSettings")]);
        command.Connection = connection;
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellation);
        await reader.ReadAsync(cancellation);
        if (reader.GetInt32(0) < OldestServer) throw new StoreOpenException("SQL Server 2017 or newer is needed.");
        if (reader.GetInt32(1) == 0 || reader.GetInt32(2) != 1)
        {
            throw new StoreOpenException(
                $"{name} must keep row versions: ALTER DATABASE … SET READ_COMMITTED_SNAPSHOT ON; ALTER DATABASE … SET ALLOW_SNAPSHOT_ISOLATION ON.");
        }

        return reader.GetInt32(3) == ForcedDelay ? "DELAYED_DURABILITY is FORCED" : null;
    }

    private static async Task<int> PartitionsAsync(SqlConnection connection, string name, int wanted, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        await ExecuteAsync(connection, new Question("ForgetWriters", WriterForgottenAfter), cancellation);
        if (await ExecuteAsync(connection, new Question("ReadMeta", PartitionsMeta), cancellation) is long existing) return (int)existing;
        if (await ExecuteAsync(connection, new Question("ReadPartitionsLast"), cancellation) is not null) throw StoreOpenException.WithoutPartitions(name);
        await ExecuteAsync(connection, new Question("CreatePartitions", PartitionsMeta, wanted), cancellation);
        return wanted;
    }

    private static async Task<object?> ExecuteAsync(SqlConnection connection, Question question, CancellationToken cancellation)
    {
        await using var command = SqlServerStatements.Command([question]);
        (command.Connection, command.CommandTimeout) = (connection, 0);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
