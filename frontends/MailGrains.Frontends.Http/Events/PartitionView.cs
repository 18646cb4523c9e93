namespace MailGrains.Frontends.Http.Events;

/// <param name="First">The first position that is kept; null: nothing is.</param>
/// <param name="Last">The last position given out.</param>
public sealed record PartitionView(int Partition, long? First, long Last);
