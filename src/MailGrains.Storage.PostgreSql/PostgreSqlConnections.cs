using System.Data;
using MailGrains.Storage.Relational;
using Npgsql;

namespace MailGrains.Storage.PostgreSql;

/// <summary>
/// Connections for single questions, each one request and one answer. A question whose connection turns out to be dead, as all in the
/// pool are after the server was started again, is asked once more on a fresh one; so it must be one that may be asked twice.
/// </summary>
internal sealed class PostgreSqlConnections(string connectionString, StorageMetrics metrics) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);
    private volatile bool _closed;

    /// <param name="operation">Name for the metrics.</param>
    /// <param name="statements">Their names and parameters, sent together as one transaction.</param>
    /// <param name="read">Takes the results.</param>
    /// <param name="reading"><see cref="CommandBehavior.SequentialAccess"/> for values too large to be held as a whole row.</param>
    /// <exception cref="StoreUnavailableException">The server doesn't answer, or refuses.</exception>
    public async Task<T> AskAsync<T>(
        string operation,
        Question[] statements,
        Func<NpgsqlDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellation,
        CommandBehavior reading = CommandBehavior.Default)
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

    public ValueTask DisposeAsync()
    {
        _closed = true;
        return _source.DisposeAsync();
    }

    private async Task<T> AskOnceAsync<T>(
        string operation,
        Question[] statements,
        Func<NpgsqlDataReader, CancellationToken, Task<T>> read,
        CommandBehavior reading,
        CancellationToken cancellation)
    {
        await using var batch = _source.CreateBatch();
        foreach (var statement in statements) batch.BatchCommands.Add(statement.ToCommand());
        await using var reader = await batch.ExecuteReaderAsync(reading, cancellation);
        metrics.RoundTrip(operation);
        var result = await read(reader, cancellation);
        // The transaction ends behind the last result.
        while (await reader.NextResultAsync(cancellation)) { }
        return result;
    }
}
