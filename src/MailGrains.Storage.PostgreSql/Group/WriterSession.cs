using MailGrains.Storage.Commit;
using MailGrains.Storage.Relational;
using Npgsql;
using NpgsqlTypes;

namespace MailGrains.Storage.PostgreSql.Group;

/// <summary>One connection of the writer, entered in the writer's row under a generation of its own.</summary>
internal sealed class WriterSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly StorageMetrics _metrics;
    private readonly Guid _writer;
    private readonly long _generation;

    // Of this connection alone: the driver's commands remember how they were prepared on it.
    private GroupStatements _statements = new();

    private WriterSession(NpgsqlConnection connection, StorageMetrics metrics, Guid writer, long generation)
    {
        _connection = connection;
        _metrics = metrics;
        _writer = writer;
        _generation = generation;
    }

    /// <summary>
    /// Connects, ends the writer's connection before this one, and takes over its row. From then on no older connection commits a group any more:
    /// one that had got so far has been waited for, every other meets the new generation.
    /// </summary>
    public static async Task<(WriterSession Session, WriterMark Mark)> EnterAsync(
        NpgsqlDataSource source, StorageMetrics metrics, Guid writer, long generation, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            var session = new WriterSession(connection, metrics, writer, generation);
            return (session, await session.EnterAsync(cancellation));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Fills and sends a group as one request, which the server takes for one transaction; returns the shares that were fenced (from 1).
    /// </summary>
    public async Task<long[]> CommitAsync(IReadOnlyList<MailboxCommit> group, int[] shareOf, List<MailboxShare> shares, int partitions, long number)
    {
        try
        {
            _statements.Fill(group, shareOf, shares, partitions);
            var fenced = await SendAsync(number);
            _statements.Clear();
            return fenced;
        }
        catch
        {
            // A command remembers how it was prepared, also when that came to nothing.
            _statements = new GroupStatements();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<long[]> SendAsync(long number)
    {
        await using var batch = _connection.CreateBatch();
        _statements.AddTo(batch, _writer, _generation, number);
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        _metrics.RoundTrip("commit");
        await reader.ReadAsync(CancellationToken.None);
        var fenced = await reader.GetFieldValueAsync<long[]>(0, CancellationToken.None);
        // The end of the results comes when the transaction is on stable storage, not before.
        while (await reader.NextResultAsync(CancellationToken.None)) { }
        return fenced;
    }

    private async Task<WriterMark> EnterAsync(CancellationToken cancellation)
    {
        // Not in one request: the row is locked until the connection that has it is gone.
        await using (var end = new NpgsqlCommand(PostgreSqlStatements.Sql.Statement("EndLostWriter"), _connection))
        {
            end.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _writer });
            await end.ExecuteNonQueryAsync(cancellation);
        }

        await using var enter = new NpgsqlCommand(PostgreSqlStatements.Sql.Statement("EnterWriter"), _connection);
        enter.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _writer });
        enter.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _generation, NpgsqlDbType = NpgsqlDbType.Bigint });
        await using var reader = await enter.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new WriterMark(reader.GetInt64(0), await reader.GetFieldValueAsync<long[]>(1, cancellation));
    }
}
