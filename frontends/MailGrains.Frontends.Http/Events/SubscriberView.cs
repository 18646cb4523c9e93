using MailGrains.Grains.Contracts.Subscribers;

namespace MailGrains.Frontends.Http.Events;

/// <param name="Started">False: it is in the configuration, and has no position yet; that is shown as 0.</param>
/// <param name="LagSeconds">Age of the first event that is not handled; 0: all are.</param>
/// <param name="HandledPerMinute">Events handled in the last minute; null: nobody knows.</param>
/// <param name="Failures">Attempts that failed since its silo took it up; null: nobody knows.</param>
/// <param name="Trouble">What keeps one that is behind from going on; null: nothing that is known.</param>
public sealed record SubscriberView(
    string Name, int Partition, long Position, long Head, bool Started, bool Paused, double LagSeconds, int? HandledPerMinute, long? Failures, string? Trouble)
{
    internal static SubscriberView Of(SubscriberStatus status) => new(
        status.Subscriber, status.Partition, status.Position, status.Head, status.Started, status.Paused, Math.Round(status.LagSeconds ?? 0, 3),
        status.LastMinute, status.Failures, status.Trouble);
}
