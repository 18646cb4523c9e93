using System.Collections.Immutable;
using Orleans;

namespace MailGrains.Grains.Contracts.Subscribers;

/// <summary>All subscribers of the event log, for administrators; the key is 0. What has returned is durable, and those concerned have been told.</summary>
public interface ISubscribersGrain : IGrainWithIntegerKey
{
    /// <summary>Where every subscriber that ever started is, by name and partition.</summary>
    Task<ImmutableArray<SubscriberStatus>> ListAsync();

    /// <summary>
    /// The same, and those of the configuration that have not started; with how old what they have not handled is, and how each of them gets on, which it is
    /// asked for.
    /// </summary>
    Task<ImmutableArray<SubscriberStatus>> ExplainAsync();

    /// <summary>Pauses a subscriber in all partitions. A batch that is being handled is finished. False: nobody has that name.</summary>
    Task<bool> PauseAsync(string subscriber);

    /// <summary>Undoes <see cref="PauseAsync"/>. False: nobody has that name.</summary>
    Task<bool> ResumeAsync(string subscriber);

    /// <summary>
    /// Moves a subscriber in all partitions, back or forth. What is handled again has its effect again, if the handler can't tell. False: nobody has
    /// that name.
    /// </summary>
    Task<bool> RewindAsync(string subscriber, RewindTarget target);

    /// <summary>Forgets a subscriber that is no longer configured, with its dead letters: it holds no events of the log back any more.</summary>
    Task<ForgetOutcome> ForgetAsync(string subscriber);

    /// <summary>Events a subscriber passed over, by partition and position; the first thousand of each partition.</summary>
    Task<ImmutableArray<DeadLetterStatus>> ListDeadLettersAsync(string subscriber);

    /// <summary>Gives a dead letter up for good. False: there is none.</summary>
    Task<bool> RemoveDeadLetterAsync(string subscriber, int partition, long position);
}
