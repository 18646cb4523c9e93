using MailGrains.Model;
using MailGrains.Storage.Records;
using MailGrains.Storage.Relational.Contents;
using MailGrains.Storage.Sqlite.Native;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Storage.Sqlite.Contents;

/// <summary>
/// The index of contents in a file of its own beside the mail's, with SQLite's FTS5. It can be made anew from the mail: whoever deletes the file begins at
/// progress 0.
/// </summary>
public sealed class SqliteContentIndex : IContentIndex, IAsyncDisposable
{
    private readonly DocumentCodec _codec = new();
    private readonly SqliteFile _file;
    private readonly ContentWriting _writing;

    private SqliteContentIndex(SqliteFile file) => (_file, _writing) = (file, new ContentWriting(file));

    /// <summary>Opens <c>index.db</c> in a folder, creating or migrating it.</summary>
    /// <exception cref="StoreOpenException">Another process holds it, or a newer version wrote it.</exception>
    public static SqliteContentIndex Open(string folder, SqliteFileOptions? options = null, ILogger<SqliteContentIndex>? log = null) =>
        new(SqliteFile.Open(Path.Combine(folder, "index.db"), "Index", options ?? new(), (ILogger?)log ?? NullLogger.Instance));

    public Task<long> ReadProgressAsync(string subscriber, int partition, CancellationToken cancellation) =>
        _file.ReadAsync(db => Progress(db, subscriber, partition), cancellation);

    public Task<bool> ApplyAsync(ContentBatch batch, CancellationToken cancellation) => Task.Run(
        () =>
        {
            foreach (var content in batch.Contents) TokenText.Check(content.Tokens);
            // Here and not on the writer's thread, which is the narrow place.
            var documents = batch.Contents.Select(c => _codec.Encode(c.Document)).ToArray();
            var tokens = batch.Contents.Select(c => TokenText.Distinct(c.Tokens)).ToArray();
            return _writing.WriteAsync(db => Apply(db, batch, tokens, documents));
        },
        cancellation);

    public async Task<IReadOnlyList<IndexedContent>> FindAsync(
        TokenQuery query, BlobFilter? among, long after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (query.Kind == TokenQueryKind.None) return [];
        var search = new ContentSearch(_codec, query, among, cancellation);
        return await _file.ReadAsync(db => search.Page(db, after, limit), cancellation);
    }

    public Task<IReadOnlyList<IndexedContent?>> ReadAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation) =>
        _file.ReadAsync<IReadOnlyList<IndexedContent?>>(db => [.. blobs.Select(b => Read(db, b))], cancellation);

    public Task<IReadOnlySet<BlobId>> FindPresentAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation) =>
        _file.ReadAsync<IReadOnlySet<BlobId>>(db => blobs.Where(b => Number(db, b) is not null).ToHashSet(), cancellation);

    public Task<int> RemoveAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation) =>
        _file.WriteAsync(db => blobs.Count(b => Remove(db, b)), cancellation);

    public async Task<IndexCounts> CountAsync(CancellationToken cancellation) =>
        (await _file.ReadAsync(db => db.Statement("CountContents").ReadAll(r => new IndexCounts(r.Int64(0), r.Int64(1))), cancellation))[0];

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        _codec.Dispose();
    }

    private static bool Apply(SqliteDatabase database, ContentBatch batch, string[] tokens, EncodedDocument[] documents)
    {
        if (Progress(database, batch.Subscriber, batch.Partition) != batch.From) return false;
        database.Statement("WriteContentProgress").Bind(1, batch.Subscriber).Bind(2, batch.Partition).Bind(3, batch.To).Run();
        for (var i = 0; i < documents.Length; i++)
        {
            var (content, document) = (batch.Contents[i], documents[i]);
            var add = database.Statement("AddContent")
                .Bind(1, content.Blob).Bind(2, content.Partial ? 1 : 0)
                .Bind(3, (long)document.Encoding).Bind(4, document.Length).Bind(5, document.Data.Span);
            if (add.RunScalar() is { } number) database.Statement("AddContentTokens").Bind(1, number).Bind(2, tokens[i]).Run();
        }

        return true;
    }

    private static bool Remove(SqliteDatabase database, BlobId blob)
    {
        if (database.Statement("RemoveContent").Bind(1, blob).RunScalar() is not { } number) return false;
        database.Statement("RemoveContentTokens").Bind(1, number).Run();
        return true;
    }

    private IndexedContent? Read(SqliteDatabase database, BlobId blob) =>
        Number(database, blob) is { } number ? ContentSearch.Read(database, _codec, number) : null;

    private static long? Number(SqliteDatabase database, BlobId blob) => database.Statement("FindContentNumber").Bind(1, blob).RunScalar();

    private static long Progress(SqliteDatabase database, string subscriber, int partition) =>
        database.Statement("ReadContentProgress").Bind(1, subscriber).Bind(2, partition).RunScalar() ?? 0;
}
