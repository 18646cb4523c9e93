namespace MailGrains.Storage.Subscribers;

/// <summary>How far a subscriber is in one partition of the log.</summary>
/// <param name="Position">The last position whose effect is durable; 0 before the first.</param>
public sealed record SubscriberPosition(string Subscriber, int Partition, long Position, SubscriberState State);
