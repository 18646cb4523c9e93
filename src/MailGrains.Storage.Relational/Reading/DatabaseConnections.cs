using System.Data;
using System.Data.Common;

namespace MailGrains.Storage.Relational.Reading;

/// <summary>A pool of connections. When one turns out to be dead, as all are after the server was started again, all are given up.</summary>
internal abstract class DatabaseConnections(StorageMetrics metrics) : IDatabase
{
    private volatile bool _closed;

    public Task<T> AskAsync<T>(
        string operation,
        Question[] statements,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellation,
        CommandBehavior reading) => SendAsync(operation, AsTransaction(statements), read, reading, cancellation);

    public Task<T> LookAsync<T>(
        string operation, Question[] statements, Func<DbDataReader, CancellationToken, Task<T>> read, CancellationToken cancellation) =>
        SendAsync(operation, [new("BeginReading"), .. statements, new("EndReading")], read, CommandBehavior.Default, cancellation);

    public ValueTask DisposeAsync()
    {
        _closed = true;
        return CloseAsync();
    }

    /// <summary>What is sent for statements that are to be one transaction.</summary>
    protected abstract Question[] AsTransaction(Question[] statements);

    /// <summary>One request on one connection; <see cref="ReadAsync"/> takes the answer.</summary>
    protected abstract Task<T> SendOnceAsync<T>(
        string operation,
        Question[] statements,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CommandBehavior reading,
        CancellationToken cancellation);

    /// <summary>A failure of the way to the server: the question may be asked again.</summary>
    protected abstract bool LostConnection(Exception failure);

    /// <summary>Two transactions met in a way that one had to go; it may simply be tried again.</summary>
    protected abstract bool Repeats(Exception failure);

    /// <summary>Neither the caller's fault nor a defect: the server does not do it now.</summary>
    protected abstract bool IsOfTheServer(Exception failure);

    /// <summary>Gives up the connections that nobody uses now.</summary>
    protected abstract void GiveUp();

    protected abstract ValueTask CloseAsync();

    protected async Task<T> ReadAsync<T>(
        string operation, DbDataReader reader, Func<DbDataReader, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        metrics.RoundTrip(operation);
        var result = await read(reader, cancellation);
        // The transaction ends behind the last result.
        while (await reader.NextResultAsync(cancellation)) { }
        return result;
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
            try
            {
                return await SendOnceAsync(operation, statements, read, reading, cancellation);
            }
            catch (Exception e) when (again && (LostConnection(e) || Repeats(e)))
            {
                if (LostConnection(e)) GiveUp();
            }
            catch (Exception e) when (IsOfTheServer(e))
            {
                throw new StoreUnavailableException("The database doesn't do this now.", e);
            }
        }
    }
}
