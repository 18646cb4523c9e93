using MailGrains.Storage.Records;
using MailGrains.Storage.Relational.Bodies;
using MailGrains.Storage.Relational.Contents;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite.Contents;

/// <summary>One page of a search. The statement that walks the numbers holds the snapshot in which all others look.</summary>
internal sealed class ContentSearch(DocumentCodec codec, TokenQuery query, BlobFilter? among, CancellationToken cancellation)
{
    /// <summary>Up to so many names of a filter are looked up before the search; with more each hit's name is looked at.</summary>
    private const int FewNames = 1_000;

    public IReadOnlyList<IndexedContent> Page(SqliteDatabase database, long after, int limit)
    {
        var numbers = among is { Blobs.Count: <= FewNames } ? Numbers(database, among, after) : null;
        var last = numbers is null ? long.MaxValue : numbers.Count == 0 ? 0 : numbers.Max();
        if (numbers is { Count: > 0 }) after = numbers.Min() - 1;
        var walk = database.Statement(query.Kind == TokenQueryKind.All ? "ListContentNumbers" : "FindContentNumbers").Bind(1, after).Bind(2, last);
        if (query.Kind != TokenQueryKind.All) walk.Bind(3, MatchText.Of(query));
        var page = new List<IndexedContent>();
        while (page.Count < limit && last > after && walk.Step())
        {
            cancellation.ThrowIfCancellationRequested();
            var number = walk.Int64(0);
            if (numbers?.Contains(number) != false && Read(database, codec, number, numbers is null ? among : null) is { } content) page.Add(content);
        }

        walk.Reset();
        return page;
    }

    /// <summary>The content with a number, if it is there and passes the filter.</summary>
    public static IndexedContent? Read(SqliteDatabase database, DocumentCodec codec, long number, BlobFilter? among = null)
    {
        var row = database.Statement("ReadContent").Bind(1, number);
        var content = row.Step() && among?.Contains(row.BlobId(0)) != false
            ? new IndexedContent(row.BlobId(0), row.Int64(1), codec.Decode((BodyEncoding)row.Int32(3), row.Int32(4), row.Blob(5)), row.Int64(2) != 0)
            : null;
        row.Reset();
        return content;
    }

    private static HashSet<long> Numbers(SqliteDatabase database, BlobFilter among, long after)
    {
        var numbers = new HashSet<long>();
        foreach (var blob in among.Blobs)
        {
            if (database.Statement("FindContentNumber").Bind(1, blob).RunScalar() is { } number && number > after) numbers.Add(number);
        }

        return numbers;
    }
}
