using System.Data;
using System.Data.Common;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Reading;
using Microsoft.Data.SqlClient;

namespace MailGrains.Storage.SqlServer;

/// <summary>A pool of connections. When one turns out to be dead, as all are after the server was started again, all are given up.</summary>
internal sealed class SqlServerConnections(string connectionString, StorageMetrics metrics) : IDatabase
{
    private volatile bool _closed;

    public Task<T> AskAsync<T>(
        string operation,
        Question[] statements,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellation,
        CommandBehavior reading) =>
        SendAsync(operation, statements.Length == 1 ? statements : [new("BeginWriting"), .. statements, new("EndWriting")], read, reading, cancellation);

    public Task<T> LookAsync<T>(
        string operation, Question[] statements, Func<DbDataReader, CancellationToken, Task<T>> read, CancellationToken cancellation) =>
        SendAsync(operation, [new("BeginReading"), .. statements, new("EndReading")], read, CommandBehavior.Default, cancellation);

    public ValueTask DisposeAsync()
    {
        _closed = true;
        using var connection = new SqlConnection(connectionString);
        SqlConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    private async Task<T> SendAsync<T>(
        string operation,
        Question[] statements,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CommandBehavior reading,
        CancellationToken cancellation)
    {
        if (_closed) throw new StoreUnavailableException("The store is closed.");
        for (var again = true; ; again = false)
        {
            await using var connection = new SqlConnection(connectionString);
            try
            {
                await connection.OpenAsync(cancellation);
                return await SendOnceAsync(connection, operation, statements, read, reading, cancellation);
            }
            catch (SqlException e) when (cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException("The question was given up.", e, cancellation);
            }
            catch (Exception e) when (again && (Failures.LostConnection(e) || Failures.Repeats(e)))
            {
                if (Failures.LostConnection(e)) SqlConnection.ClearPool(connection);
            }
            catch (Exception e) when (e is SqlException or IOException or TimeoutException or InvalidOperationException)
            {
                throw new StoreUnavailableException("The database doesn't do this now.", e);
            }
        }
    }

    private async Task<T> SendOnceAsync<T>(
        SqlConnection connection,
        string operation,
        Question[] statements,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CommandBehavior reading,
        CancellationToken cancellation)
    {
        await using var command = SqlServerStatements.Command(statements);
        command.Connection = connection;
        await using var reader = await command.ExecuteReaderAsync(reading, cancellation);
        metrics.RoundTrip(operation);
        var result = await read(reader, cancellation);
        // The transaction ends behind the last result.
        while (await reader.NextResultAsync(cancellation)) { }
        return result;
    }
}
