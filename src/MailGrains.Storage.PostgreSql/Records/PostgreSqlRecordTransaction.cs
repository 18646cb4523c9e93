using System.Data.Common;
using MailGrains.Model;
using MailGrains.Storage.Relational.Reading;
using MailGrains.Storage.Relational.Records;
using Npgsql;

namespace MailGrains.Storage.PostgreSql.Records;

/// <summary>A write of the records under way: many statements go in one request.</summary>
internal sealed class PostgreSqlRecordTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
    : IRecordTransaction
{
    /// <summary>Statements a request has at the most, so that an answer is never longer than both sides can hold.</summary>
    private const int AtOnce = 500;

    public Task<IReadOnlyList<T>> AskAsync<T>(IReadOnlyList<Question> asked, Func<IRecordRow, T> read) =>
        AskAsync(connection, transaction, asked, read, cancellation);

    public async Task RunAsync(IEnumerable<Question> statements)
    {
        foreach (var part in statements.Chunk(AtOnce))
        {
            await using var batch = Batch(connection, transaction, part);
            await batch.ExecuteNonQueryAsync(cancellation);
        }
    }

    public static async Task<IReadOnlyList<T>> AskAsync<T>(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyList<Question> asked, Func<IRecordRow, T> read, CancellationToken cancellation)
    {
        var rows = new List<T>();
        if (asked.Count == 0) return rows;
        await using var batch = Batch(connection, transaction, asked);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var row = new Row(reader);
        do
        {
            while (await reader.ReadAsync(cancellation)) rows.Add(read(row));
        }
        while (await reader.NextResultAsync(cancellation));
        return rows;
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyList<Question> statements)
    {
        var batch = new NpgsqlBatch(connection, transaction);
        foreach (var statement in statements) batch.BatchCommands.Add(PostgreSqlStatements.Command(statement));
        return batch;
    }

    private sealed class Row(DbDataReader reader) : IRecordRow
    {
        public bool IsNull(int column) => reader.IsDBNull(column);

        public long Int64(int column) => reader.GetInt64(column);

        public string Text(int column) => reader.GetString(column);

        public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

        public BlobId Blob(int column) => Rows.Hash(reader, column);

        public AccountId Account(int column) => Rows.Account(reader, column);
    }
}
