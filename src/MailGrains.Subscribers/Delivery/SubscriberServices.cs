using MailGrains.Storage.Events;
using MailGrains.Storage.Subscribers;
using MailGrains.Subscribers.Snapshots;
using Microsoft.Extensions.Logging;

namespace MailGrains.Subscribers.Delivery;

/// <summary>What the deliveries of a process share.</summary>
public sealed record SubscriberServices(
    IEventLog Log, ISubscriberStore Store, IEventContents Contents, SubscriberMetrics Metrics, TimeProvider Time, ILogger<SubscriberDelivery> Logger)
{
    /// <summary>null: there is no mail that deliveries should make way for.</summary>
    public MailFirst? MailFirst { get; init; }

    /// <summary>Pictures of mailboxes for those who come late; null: nobody can start behind removed events.</summary>
    public SnapshotSource? Snapshots { get; init; }
}
