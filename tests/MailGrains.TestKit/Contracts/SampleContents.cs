using System.Globalization;
using System.Text;
using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.TestKit.Contracts;

/// <summary>Contents for tests of the index; one with the same name is the same.</summary>
public static class SampleContents
{
    public static BlobId Blob(string name) => BlobId.Of(Encoding.UTF8.GetBytes(name));

    public static ContentWrite Content(string name, string tokens, bool partial = false) =>
        new(Blob(name), tokens, Encoding.UTF8.GetBytes($"document of {name}"), partial);

    /// <summary>Numbers as words: all of them differ.</summary>
    public static string Words(int first, int count) =>
        string.Join(' ', Enumerable.Range(first, count).Select(i => "w" + i.ToString("x7", CultureInfo.InvariantCulture)));

    /// <summary>Adds contents for a subscriber that gets one position on.</summary>
    public static async Task<bool> AddAsync(
        this IContentIndex index, IReadOnlyList<ContentWrite> contents, CancellationToken cancellation, string subscriber = "test", int partition = 0)
    {
        var from = await index.ReadProgressAsync(subscriber, partition, cancellation);
        return await index.ApplyAsync(new ContentBatch(subscriber, partition, from, from + 1, contents), cancellation);
    }

    /// <summary>All pages of a search.</summary>
    public static async Task<List<IndexedContent>> FindAllAsync(
        this IContentIndex index, TokenQuery query, CancellationToken cancellation, BlobFilter? among = null, int limit = 7)
    {
        var found = new List<IndexedContent>();
        while (await index.FindAsync(query, among, found is [.., var last] ? last.Number : 0, limit, cancellation) is { Count: > 0 } page) found.AddRange(page);
        return found;
    }
}
