using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>
/// Contents by the tokens that occur in them. It knows no mail: a content is a name, a list of tokens and a document that only the caller reads. What has
/// returned is durable. It finds candidates, see docs/adr/0027: whoever asks for more than single tokens looks at the documents. All methods throw
/// <see cref="StoreUnavailableException"/> when the store can't be used now.
/// </summary>
public interface IContentIndex
{
    /// <summary>How far a subscriber of the event log is in a partition: the contents of all events up to this position are in the index. 0 at first.</summary>
    Task<long> ReadProgressAsync(string subscriber, int partition, CancellationToken cancellation);

    /// <summary>
    /// Adds contents and moves the progress of their subscriber, in one transaction. Contents that are there stay as they are. False: nothing was written, for
    /// the progress is elsewhere. Somebody else handles this partition, or an answer of the database was lost and this was the second attempt; whoever
    /// gets it reads the progress again.
    /// </summary>
    /// <exception cref="ArgumentException">The tokens of a content are not as <see cref="TokenText"/> wants them.</exception>
    Task<bool> ApplyAsync(ContentBatch batch, CancellationToken cancellation);

    /// <summary>
    /// Up to <paramref name="limit"/> contents whose tokens satisfy a query, with numbers above <paramref name="after"/>, by number. All that satisfy it are
    /// found; others may be among them when a content has more tokens than an engine can look up. Whoever goes on behind the last number until a page is empty
    /// sees each content that was there at the beginning, and is not removed meanwhile, exactly once. One that is added meanwhile may be seen or not.
    /// </summary>
    /// <param name="among">When given, only these contents are looked at.</param>
    Task<IReadOnlyList<IndexedContent>> FindAsync(TokenQuery query, BlobFilter? among, long after, int limit, CancellationToken cancellation);

    /// <summary>The contents of some names in their order; null for one that is not in the index.</summary>
    Task<IReadOnlyList<IndexedContent?>> ReadAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation);

    /// <summary>Those of some names that are in the index; no document is read.</summary>
    Task<IReadOnlySet<BlobId>> FindPresentAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation);

    /// <summary>Removes contents and says how many there were. One that is added again later gets another number.</summary>
    Task<int> RemoveAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation);

    Task<IndexCounts> CountAsync(CancellationToken cancellation);
}
