namespace MailGrains.Subscribers;

/// <summary>
/// A handler that keeps with its effects how far it is. A subscriber that was moved ahead of that is brought back to it: nothing is passed over, and others
/// who ask for the subscriber's position, as retention of the log does, are told the truth.
/// </summary>
public interface IPlacedHandler : IEventHandler
{
    /// <summary>The last position of a partition whose effect is durable; 0: there is none.</summary>
    Task<long> FindPlaceAsync(int partition, CancellationToken cancellation);
}
