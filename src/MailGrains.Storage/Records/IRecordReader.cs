using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>
/// What every mailbox was at every moment. A moment is the sequence of an event: the record as of it has the effects of all events up to it. Times
/// are effective times, which never go back within a mailbox, so each names a sequence.
/// All methods throw <see cref="StoreUnavailableException"/> when the store can't be read now.
/// </summary>
public interface IRecordReader
{
    /// <summary>How far the records are in all partitions in which there are any, by partition: what the log has up to there is in them.</summary>
    Task<IReadOnlyList<RecordPosition>> ListProgressAsync(string subscriber, CancellationToken cancellation);

    /// <summary>The last sequence that is recorded of a mailbox at a time; 0: nothing was yet.</summary>
    Task<long> FindSequenceAsync(AccountId account, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>The folders as of a sequence, in the order of their ids.</summary>
    Task<IReadOnlyList<RecordedFolder>> ReadFoldersAsync(AccountId account, long sequence, CancellationToken cancellation);

    /// <summary>All that folders of a mailbox were ever called, by their ids and in the order of time.</summary>
    Task<IReadOnlyList<RecordedFolder>> ReadFolderHistoryAsync(AccountId account, CancellationToken cancellation);

    /// <summary>One page of the messages as of a sequence, with the flags they had then.</summary>
    Task<IReadOnlyList<RecordedEntry>> ReadMessagesAsync(MessagesAsOf asked, CancellationToken cancellation);

    /// <summary>One page of all entries that ever were.</summary>
    Task<IReadOnlyList<RecordedEntry>> ReadEntriesAsync(EntriesQuery asked, CancellationToken cancellation);

    /// <summary>The entries a message ever had in its mailbox, in the order in which they came.</summary>
    Task<IReadOnlyList<RecordedEntry>> FindEntriesAsync(AccountId account, MessageKey key, CancellationToken cancellation);

    /// <summary>The changes of flags of entries, by entry and sequence.</summary>
    Task<IReadOnlyList<RecordedFlags>> ReadFlagsAsync(IReadOnlyList<long> entries, CancellationToken cancellation);

    /// <summary>Up to <paramref name="limit"/> accounts with ids above <paramref name="after"/> in which a body is recorded.</summary>
    Task<IReadOnlyList<AccountId>> FindAccountsAsync(BlobId blob, AccountId? after, int limit, CancellationToken cancellation);

    /// <summary>All holds a mailbox ever had, in the order in which they began.</summary>
    Task<IReadOnlyList<RecordedHold>> ReadHoldsAsync(AccountId account, CancellationToken cancellation);

    /// <summary>Events of a mailbox whose payloads could not be read.</summary>
    Task<IReadOnlyList<UnreadEvent>> ReadUnreadAsync(AccountId account, CancellationToken cancellation);
}
