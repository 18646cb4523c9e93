using System.Data.Common;
using MailGrains.Model;
using MailGrains.Storage.Records;
using MailGrains.Storage.Relational.Bodies;
using MailGrains.Storage.Relational.Contents;
using MailGrains.Storage.Relational.Reading;
using Npgsql;
using NpgsqlTypes;

namespace MailGrains.Storage.PostgreSql.Contents;

/// <summary>The index of contents on a GIN index over their tokens; every method is one statement. Several processes may use it at once.</summary>
public sealed class PostgreSqlContentIndex : IContentIndex, IAsyncDisposable
{
    private readonly DocumentCodec _codec = new();
    private readonly IDatabase _database;

    internal PostgreSqlContentIndex(IDatabase database) => _database = database;

    public async Task<long> ReadProgressAsync(string subscriber, int partition, CancellationToken cancellation) =>
        (await ListAsync("content.progress", new("ReadContentProgress", subscriber, partition), r => r.GetInt64(0), cancellation)).SingleOrDefault();

    public async Task<bool> ApplyAsync(ContentBatch batch, CancellationToken cancellation)
    {
        foreach (var content in batch.Contents) TokenText.Check(content.Tokens);
        // All batches in one order: two that add the same contents at once then wait for each other instead of both ways.
        ContentWrite[] contents = [.. batch.Contents.DistinctBy(c => c.Blob).OrderBy(c => Order(c.Blob))];
        EncodedDocument[] documents = [.. contents.Select(c => _codec.Encode(c.Document))];
        var apply = new Question(
            "ApplyContents",
            batch.Subscriber,
            batch.Partition,
            batch.From,
            batch.To,
            Column(contents, c => c.Blob.ToArray()),
            Column(contents, c => Lexemes.Of(c.Tokens)),
            Column(contents, c => c.Partial),
            Column(documents, d => (short)d.Encoding),
            Column(documents, d => d.Length),
            Data(documents));
        return (await ListAsync("content.apply", apply, r => r.GetBoolean(0), cancellation))[0];
    }

    public async Task<IReadOnlyList<IndexedContent>> FindAsync(
        TokenQuery query, BlobFilter? among, long after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var names = new NpgsqlParameter
        {
            Value = among is null ? DBNull.Value : Names(among.Blobs),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        };
        return query.Kind switch
        {
            TokenQueryKind.None => [],
            TokenQueryKind.All => await ListAsync("content.find", new("ListContents", after, (long)limit, names), Content, cancellation),
            _ => await ListAsync("content.find", new("FindContents", after, (long)limit, names, Lexemes.Of(query)), Content, cancellation),
        };
    }

    public async Task<IReadOnlyList<IndexedContent?>> ReadAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation)
    {
        var found = (await ListAsync("content.read", new("ReadContents", (object)Names(blobs)), Content, cancellation)).ToDictionary(c => c.Blob);
        return [.. blobs.Select(found.GetValueOrDefault)];
    }

    public async Task<IReadOnlySet<BlobId>> FindPresentAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation) =>
        (await ListAsync("content.present", new("FindPresentContents", (object)Names(blobs)), r => Rows.Hash(r, 0), cancellation)).ToHashSet();

    public async Task<int> RemoveAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation) =>
        (await ListAsync("content.remove", new("RemoveContents", (object)Names(blobs)), r => r.GetInt64(0), cancellation)).Count;

    public async Task<IndexCounts> CountAsync(CancellationToken cancellation) =>
        (await ListAsync("content.count", new("CountContents"), r => new IndexCounts(r.GetInt64(0), r.GetInt64(1)), cancellation))[0];

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _codec.Dispose();
    }

    private IndexedContent Content(DbDataReader row)
    {
        var document = _codec.Decode((BodyEncoding)row.GetInt16(3), row.GetInt32(4), row.GetFieldValue<byte[]>(5));
        return new IndexedContent(Rows.Hash(row, 1), row.GetInt64(0), document, row.GetBoolean(2));
    }

    private Task<List<T>> ListAsync<T>(string operation, Question asked, Func<DbDataReader, T> read, CancellationToken cancellation) =>
        _database.AskAsync(operation, [asked], (r, c) => Rows.AllAsync(r, read, c), cancellation);

    private static byte[][] Names(IEnumerable<BlobId> blobs) => [.. blobs.Distinct().OrderBy(Order).Select(b => b.ToArray())];

    private static (ulong, ulong, ulong, ulong) Order(BlobId blob) => (blob.A, blob.B, blob.C, blob.D);

    private static T[] Column<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value) => [.. rows.Select(value)];

    private static NpgsqlParameter Data(EncodedDocument[] documents) => new NpgsqlParameter<ReadOnlyMemory<byte>[]>
    {
        TypedValue = Column(documents, d => d.Data),
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
    };
}
