namespace MailGrains.Storage.Records;

/// <summary>Contents of some events of the log, and how far the subscriber is with them.</summary>
/// <param name="From">The progress it must have now.</param>
/// <param name="To">The progress it has afterwards.</param>
public sealed record ContentBatch(string Subscriber, int Partition, long From, long To, IReadOnlyList<ContentWrite> Contents);
