using MailGrains.Storage.Events;
using MailGrains.Storage.Subscribers;
using Microsoft.Extensions.Logging;

namespace MailGrains.Subscribers.Delivery;

/// <summary>What the deliveries of a process share.</summary>
public sealed record SubscriberServices(
    IEventLog Log, ISubscriberStore Store, IEventContents Contents, SubscriberMetrics Metrics, TimeProvider Time, ILogger<SubscriberDelivery> Logger)
{
    /// <summary>null: there is no mail that deliveries should make way for.</summary>
    public MailFirst? MailFirst { get; init; }
}
