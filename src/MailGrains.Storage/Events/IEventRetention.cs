using MailGrains.Storage.Records;

namespace MailGrains.Storage.Events;

/// <summary>
/// Removes the oldest events of the log. What has returned is durable. All methods throw <see cref="StoreUnavailableException"/> when the store can't be used
/// now.
/// </summary>
public interface IEventRetention : IClockStore
{
    /// <summary>Where each partition begins of which something was removed, by partition.</summary>
    Task<IReadOnlyList<LogStart>> ReadStartsAsync(CancellationToken cancellation);

    /// <summary>
    /// Makes a partition begin later, in one transaction with the removal of its events; a few thousand at once. The last event of a partition always stays.
    /// </summary>
    /// <param name="from">What <see cref="LogStart.Removed"/> is now: of two who remove at the same time one gets on.</param>
    /// <param name="to">What it becomes.</param>
    /// <returns>
    /// False, and nothing is changed: <paramref name="from"/> is another, or there is a subscriber, running or paused, that has not handled all these events.
    /// </returns>
    Task<bool> CutAsync(long from, LogStart to, CancellationToken cancellation);
}
