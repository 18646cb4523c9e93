using Orleans;
using Orleans.Concurrency;

namespace MailGrains.Grains.Contracts.Subscribers;

/// <summary>
/// A subscriber in one partition of the event log; the key is <c>&lt;subscriber&gt;/&lt;partition&gt;</c>. It gets its events from the log by itself;
/// these calls only tell it that something else has changed.
/// </summary>
public interface ISubscriberGrain : IGrainWithStringKey
{
    /// <summary>Looks again at the position and state kept in the store, and at the log. Returns at once; may be called at any time.</summary>
    Task NudgeAsync();

    /// <summary>How it gets on. Null: the configuration of its silo has no such subscriber.</summary>
    Task<SubscriberCondition?> FindConditionAsync();

    /// <summary>Hands a dead letter to the subscriber once more; when that succeeds it is removed. Also while the subscriber is paused.</summary>
    /// <returns>Null: it has succeeded; otherwise what it failed with, and the dead letter is still there.</returns>
    Task<string?> RedriveAsync(long position);

    /// <summary>
    /// Answers when the event at a position is handled, or is a dead letter, at the latest when patience ends. With position 0: when the subscriber has
    /// started. May be asked by many at the same time.
    /// </summary>
    [AlwaysInterleave]
    Task<Confirmation> ConfirmAsync(long position, TimeSpan patience);
}
