using MailGrains.Model;

namespace MailGrains.Storage.Events;

/// <summary>Reads the durable log. Its append side is <see cref="Mailboxes.IMailboxStore.CommitAsync"/>.</summary>
public interface IEventLog
{
    /// <summary>How many partitions the store was created with.</summary>
    int Partitions { get; }

    /// <summary>The last position given out in each partition, by partition; 0 where nothing was written. All events up to it can be read.</summary>
    Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation);

    /// <summary>Up to <paramref name="limit"/> events of a partition with positions above <paramref name="after"/>, in order.</summary>
    Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation);

    /// <summary>Up to <paramref name="limit"/> events of a mailbox with sequences above <paramref name="after"/>, in order.</summary>
    Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId account, long after, int limit, CancellationToken cancellation);
}
