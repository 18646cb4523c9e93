using System.Data;
using System.Data.Common;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Reading;
using Microsoft.Data.SqlClient;

namespace MailGrains.Storage.SqlServer;

/// <summary>The driver's pool for one connection string.</summary>
internal sealed class SqlServerConnections(string connectionString, StorageMetrics metrics) : DatabaseConnections(metrics)
{
    /// <summary>Gives up the connections of a string that nobody uses now.</summary>
    public static void ClearPool(string connectionString)
    {
        using var connection = new SqlConnection(connectionString);
        SqlConnection.ClearPool(connection);
    }

    protected override Question[] AsTransaction(Question[] statements) =>
        statements.Length == 1 ? statements : [new("BeginWriting"), .. statements, new("EndWriting")];

    protected override async Task<T> SendOnceAsync<T>(
        string operation,
        Question[] statements,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CommandBehavior reading,
        CancellationToken cancellation)
    {
        try
        {
            await using var connection = new SqlConnection(connectionString);
            await connection.OpenAsync(cancellation);
            await using var command = SqlServerStatements.Command(statements);
            command.Connection = connection;
            await using var reader = await command.ExecuteReaderAsync(reading, cancellation);
            return await ReadAsync(operation, reader, read, cancellation);
        }
        catch (SqlException e) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The question was given up.", e, cancellation);
        }
    }

    protected override bool LostConnection(Exception failure) => Failures.LostConnection(failure);

    protected override bool Repeats(Exception failure) => Failures.Repeats(failure);

    protected override bool IsOfTheServer(Exception failure) => failure is SqlException or IOException or TimeoutException or InvalidOperationException;

    protected override void GiveUp() => ClearPool(connectionString);

    protected override ValueTask CloseAsync()
    {
        ClearPool(connectionString);
        return ValueTask.CompletedTask;
    }
}
