using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>
/// What retention and the collection of bodies need of the records.
/// All methods throw <see cref="StoreUnavailableException"/> when the store can't be used now.
/// </summary>
public interface IRetentionStore : IClockStore
{
    /// <summary>Those of the bodies that any entry refers to.</summary>
    Task<IReadOnlySet<BlobId>> FindReferredAsync(IReadOnlyList<BlobId> bodies, CancellationToken cancellation);

    /// <summary>
    /// Entries that have left their folder at or before a time, ordered by that time and their numbers: up to <paramref name="limit"/> behind a place.
    /// </summary>
    /// <param name="after">The last entry of the page before: when it left, and its number.</param>
    Task<IReadOnlyList<LeftEntry>> ReadLeftAsync(
        DateTimeOffset before, (DateTimeOffset Left, long Number) after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Keeps the classes of entries' messages beside them; with the entry they go. Entries that are no longer there are passed over. Durable on return.
    /// </summary>
    Task WriteClassesAsync(IReadOnlyList<ClassedEntry> entries, CancellationToken cancellation);

    /// <summary>
    /// Takes entries out of the record for good, in one transaction: each if it has left its folder, no hold is on its mailbox, and all events of that
    /// mailbox could be read. Durable on return. In the same transaction the bodies of what was taken out are noted for <see cref="ReadNotedAsync"/>,
    /// and how much went of each mailbox for <see cref="ReadPurgesAsync"/>.
    /// </summary>
    /// <returns>What was taken out.</returns>
    Task<IReadOnlyList<PurgedEntry>> PurgeAsync(IReadOnlyList<long> entries, CancellationToken cancellation);

    /// <summary>
    /// Up to <paramref name="limit"/> bodies of entries that were purged, whose text may be kept elsewhere still; each once, in no order. Other entries may
    /// refer to them.
    /// </summary>
    Task<IReadOnlyList<NotedBody>> ReadNotedAsync(int limit, CancellationToken cancellation);

    /// <summary>Strikes bodies out that were noted: nothing of them is left to do. One that was noted again meanwhile stays. Durable on return.</summary>
    Task StrikeOutAsync(IReadOnlyList<NotedBody> bodies, CancellationToken cancellation);

    /// <summary>Up to <paramref name="limit"/> purges that were not struck out yet, with numbers above <paramref name="after"/>, by number.</summary>
    Task<IReadOnlyList<NotedPurge>> ReadPurgesAsync(long after, int limit, CancellationToken cancellation);

    /// <summary>Strikes purges out: the logs of their mailboxes say so now. Durable on return.</summary>
    Task StrikeOutPurgesAsync(IReadOnlyList<NotedPurge> purges, CancellationToken cancellation);
}
