using System.Data;
using System.Data.Common;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Reading;
using Npgsql;

namespace MailGrains.Storage.PostgreSql;

/// <summary>A pool of connections. When one turns out to be dead, as all are after the server was started again, all are given up.</summary>
internal sealed class PostgreSqlConnections(string connectionString, StorageMetrics metrics) : IDatabase
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);
    private volatile bool _closed;

    public async Task<T> AskAsync<T>(
        string operation,
        Question[] statements,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellation,
        CommandBehavior reading)
    {
        if (_closed) throw new StoreUnavailableException("The store is closed.");
        for (var again = true; ; again = false)
        {
            try
            {
                return await AskOnceAsync(operation, statements, read, reading, cancellation);
            }
            catch (Exception e) when (again && (Failures.LostConnection(e) || Failures.Repeats(e)))
            {
                if (Failures.LostConnection(e)) _source.Clear();
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or ObjectDisposedException)
            {
                throw new StoreUnavailableException("The database doesn't do this now.", e);
            }
        }
    }

    public Task<T> LookAsync<T>(
        string operation, Question[] statements, Func<DbDataReader, CancellationToken, Task<T>> read, CancellationToken cancellation) =>
        AskAsync(operation, [new("BeginReading"), .. statements, new("EndReading")], read, cancellation, CommandBehavior.Default);

    public ValueTask DisposeAsync()
    {
        _closed = true;
        return _source.DisposeAsync();
    }

    private async Task<T> AskOnceAsync<T>(
        string operation,
        Question[] statements,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CommandBehavior reading,
        CancellationToken cancellation)
    {
        await using var batch = _source.CreateBatch();
        foreach (var statement in statements) batch.BatchCommands.Add(PostgreSqlStatements.Command(statement));
        await using var reader = await batch.ExecuteReaderAsync(reading, cancellation);
        metrics.RoundTrip(operation);
        var result = await read(reader, cancellation);
        // The transaction ends behind the last result.
        while (await reader.NextResultAsync(cancellation)) { }
        return result;
    }
}
