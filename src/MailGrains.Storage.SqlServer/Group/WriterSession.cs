using MailGrains.Storage.Commit;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Group;
using MailGrains.Storage.Relational.Reading;
using Microsoft.Data.SqlClient;

namespace MailGrains.Storage.SqlServer.Group;

/// <summary>A writer's connection that is not pooled.</summary>
internal sealed class WriterSession : IGroupSession
{
    private readonly SqlConnection _connection;
    private readonly GroupBatch _batch = new();
    private readonly int _partitions;
    private readonly StorageMetrics _metrics;
    private readonly Guid _writer;
    private readonly long _generation;

    private WriterSession(SqlConnection connection, StorageMetrics metrics, int partitions, Guid writer, long generation)
    {
        _connection = connection;
        _partitions = partitions;
        _metrics = metrics;
        _writer = writer;
        _generation = generation;
    }

    public WriterMark Mark { get; private set; }

    public static async Task<WriterSession> EnterAsync(
        string connectionString, StorageMetrics metrics, int partitions, Guid writer, long generation, CancellationToken cancellation)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
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
            _batch.Fill(group, shareOf, shares, _partitions);
            return await SendAsync(number, abandoned);
        }
        finally
        {
            _batch.Clear();
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<long[]> SendAsync(long number, CancellationToken abandoned)
    {
        await using var command = _batch.ToCommand(_writer, _generation, number);
        command.Connection = _connection;
        await using var reader = await command.ExecuteReaderAsync(abandoned);
        _metrics.RoundTrip("commit");
        var fenced = await FencedAsync(reader, 0, abandoned);
        // The end of the results comes when the transaction is on stable storage, not before.
        while (await reader.NextResultAsync(abandoned)) { }
        return fenced;
    }

    private async Task<WriterMark> EnterAsync(CancellationToken cancellation)
    {
        // Not in one request: the row is locked until the connection that has it is gone.
        await using (var end = SqlServerStatements.Command([new Question("EndLostWriter", _writer)]))
        {
            end.Connection = _connection;
            await end.ExecuteNonQueryAsync(cancellation);
        }

        await using var enter = SqlServerStatements.Command([new Question("EnterWriter", _writer, _generation)]);
        enter.Connection = _connection;
        await using var reader = await enter.ExecuteReaderAsync(cancellation);
        var fenced = await FencedAsync(reader, 1, cancellation);
        var mark = new WriterMark(reader.GetInt64(0), fenced);
        while (await reader.NextResultAsync(cancellation)) { }
        return mark;
    }

    /// <summary>Reads the row; the shares are written as "1,4", none as NULL.</summary>
    private static async Task<long[]> FencedAsync(SqlDataReader reader, int column, CancellationToken cancellation)
    {
        await reader.ReadAsync(cancellation);
        return reader.IsDBNull(column)
            ? []
            : Array.ConvertAll(reader.GetString(column).Split(','), s => long.Parse(s, System.Globalization.CultureInfo.InvariantCulture));
    }
}
