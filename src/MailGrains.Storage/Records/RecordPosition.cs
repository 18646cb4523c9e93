namespace MailGrains.Storage.Records;

/// <summary>How far the records are in one partition of the log.</summary>
public readonly record struct RecordPosition(int Partition, long Position);
