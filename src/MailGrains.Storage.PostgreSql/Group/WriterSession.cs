using MailGrains.Storage.Commit;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Group;
using Npgsql;
using NpgsqlTypes;

namespace MailGrains.Storage.PostgreSql.Group;

/// <summary>A writer's connection that is not pooled.</summary>
internal sealed class WriterSession : IGroupSession
{
    private readonly NpgsqlConnection _connection;
    private readonly StorageMetrics _metrics;
    private readonly Guid _writer;
    private readonly long _generation;
    private readonly int _partitions;

    // Of this connection alone: the driver's commands remember how they were prepared on it.
    private GroupStatements _statements = new();

    private WriterSession(NpgsqlConnection connection, StorageMetrics metrics, int partitions, Guid writer, long generation)
    {
        _connection = connection;
        _metrics = metrics;
        _partitions = partitions;
        _writer = writer;
        _generation = generation;
    }

    public WriterMark Mark { get; private set; }

    /// <exception cref="StoreUnavailableException">
    /// The server has come back, or another in its place, with settings that would lose acknowledged mail.
    /// </exception>
    public static async Task<WriterSession> EnterAsync(
        NpgsqlDataSource source, bool allowUnsafe, StorageMetrics metrics, int partitions, Guid writer, long generation, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            if (!allowUnsafe && await StoreSchema.DangerAsync(connection, cancellation) is { } danger)
                throw new StoreUnavailableException($"The database would lose acknowledged mail in a crash: {danger}. Change that in its configuration.");
            var session = new WriterSession(connection, metrics, partitions, writer, generation);
            session.Mark = await session.EnterAsync(cancellation);
            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<long[]> CommitAsync(
        IReadOnlyList<MailboxCommit> group, int[] shareOf, List<MailboxShare> shares, long number, CancellationToken abandoned)
    {
        try
        {
            _statements.Fill(group, shareOf, shares, _partitions);
            var fenced = await SendAsync(number, abandoned);
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

    private async Task<long[]> SendAsync(long number, CancellationToken abandoned)
    {
        await using var batch = _connection.CreateBatch();
        _statements.AddTo(batch, _writer, _generation, number);
        await using var reader = await batch.ExecuteReaderAsync(abandoned);
        _metrics.RoundTrip("commit");
        await reader.ReadAsync(abandoned);
        var fenced = await reader.GetFieldValueAsync<long[]>(0, abandoned);
        // One request is one transaction. The end of the results comes when the transaction is on stable storage, not before.
        while (await reader.NextResultAsync(abandoned)) { }
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
