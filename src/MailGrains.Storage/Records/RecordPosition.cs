using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>How far the records are in one partition of the log.</summary>
/// <param name="Hash">The chain hash of the event at that position; null: not known.</param>
public readonly record struct RecordPosition(int Partition, long Position, BlobId? Hash = null);
