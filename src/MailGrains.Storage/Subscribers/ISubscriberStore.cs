namespace MailGrains.Storage.Subscribers;

/// <summary>
/// Where the subscribers of the log are. A subscriber is known by its name, of up to 100 ASCII letters, digits, dots, dashes and underscores, and stands
/// somewhere in each partition. What has returned is durable. All methods throw <see cref="StoreUnavailableException"/> when the store can't be used now.
/// </summary>
public interface ISubscriberStore
{
    /// <summary>All subscribers that ever started, by name and partition.</summary>
    Task<IReadOnlyList<SubscriberPosition>> ListSubscribersAsync(CancellationToken cancellation);

    /// <summary>Where a subscriber is in a partition, or null: it never started there.</summary>
    Task<SubscriberPosition?> FindSubscriberAsync(string subscriber, int partition, CancellationToken cancellation);

    /// <summary>Starts a subscriber behind <paramref name="position"/>, running; where it has started already nothing changes. Returns where it is.</summary>
    Task<SubscriberPosition> StartSubscriberAsync(string subscriber, int partition, long position, CancellationToken cancellation);

    /// <summary>
    /// Moves a position by compare-and-set: of two who start from the same position one gets on. Whether the subscriber is paused doesn't matter.
    /// </summary>
    Task<AdvanceOutcome> AdvanceAsync(SubscriberAdvance advance, CancellationToken cancellation);

    /// <summary>Pauses or resumes a subscriber in all partitions where it has started. False: it is not known.</summary>
    Task<bool> SetSubscriberStateAsync(string subscriber, SubscriberState state, CancellationToken cancellation);

    /// <summary>
    /// Moves a subscriber to a position, back or forth, whatever it was. A step that is under way then ends <see cref="AdvanceOutcome.Elsewhere"/>.
    /// False: it never started there.
    /// </summary>
    Task<bool> MoveSubscriberAsync(string subscriber, int partition, long position, CancellationToken cancellation);

    /// <summary>
    /// Forgets a subscriber with its dead letters; it holds back nothing any more. A step that is under way then ends
    /// <see cref="AdvanceOutcome.Elsewhere"/>. False: it is not known.
    /// </summary>
    Task<bool> ForgetSubscriberAsync(string subscriber, CancellationToken cancellation);

    /// <summary>Up to <paramref name="limit"/> dead letters of a subscriber's partition with positions above <paramref name="after"/>, in order.</summary>
    Task<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(string subscriber, int partition, long after, int limit, CancellationToken cancellation);

    /// <summary>Removes a dead letter. False: there is none.</summary>
    Task<bool> RemoveDeadLetterAsync(string subscriber, int partition, long position, CancellationToken cancellation);
}
