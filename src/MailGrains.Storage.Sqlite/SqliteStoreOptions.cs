namespace MailGrains.Storage.Sqlite;

/// <summary>How a SQLite store is opened.</summary>
public sealed record SqliteStoreOptions : SqliteTuning
{
    /// <summary>The folder of the store; created when it is not there. Holds <c>mailboxes.db</c>, its WAL and the lock file.</summary>
    public required string Folder { get; init; }

    /// <summary>Partitions of the event log. Counts when the store is created; an existing store keeps its own number.</summary>
    public int Partitions { get; init; } = 8;

    /// <summary>A subscriber's step waits so long for mail whose transaction takes it along, if some was written so lately; then it has its own.</summary>
    public TimeSpan StepPatience { get; init; } = TimeSpan.FromMilliseconds(20);
}
