namespace MailGrains.Storage.Subscribers;

/// <summary>
/// One step of a subscriber in one partition, written in one transaction. An effect that is kept in the same database becomes a member of this record,
/// so that it commits with the position or not at all.
/// </summary>
/// <param name="From">The position it must have now.</param>
/// <param name="To">The position it has afterwards: the effects of all events up to it are durable, or the event is the dead letter.</param>
/// <param name="Dead">The event that is passed over.</param>
public sealed record SubscriberAdvance(string Subscriber, int Partition, long From, long To, DeadLetter? Dead = null);
