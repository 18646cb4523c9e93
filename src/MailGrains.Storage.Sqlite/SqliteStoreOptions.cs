namespace MailGrains.Storage.Sqlite;

/// <summary>How a SQLite store is opened.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The folder of the store; created when it is not there. Holds <c>mailboxes.db</c>, its WAL and the lock file.</summary>
    public required string Folder { get; init; }

    /// <summary>Partitions of the event log. Counts when the store is created; an existing store keeps its own number.</summary>
    public int Partitions { get; init; } = 8;

    /// <summary>Page cache of the writing connection in octets.</summary>
    public long WriterCacheBytes { get; init; } = 32L << 20;

    /// <summary>Page cache of each reading connection in octets.</summary>
    public long ReaderCacheBytes { get; init; } = 4L << 20;

    /// <summary>Idle reading connections kept open; more are opened when more threads read at once.</summary>
    public int IdleReaders { get; init; } = 8;

    /// <summary>Size of the WAL from which it is copied to the database in the background.</summary>
    public long CheckpointBytes { get; init; } = 16L << 20;

    /// <summary>Size of the WAL at which the writer stops to copy the rest, so that the WAL can start again from its beginning.</summary>
    public long WalLimitBytes { get; init; } = 64L << 20;

    /// <summary>A subscriber's step waits so long for mail whose transaction takes it along, if some was written so lately; then it has its own.</summary>
    public TimeSpan StepPatience { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Called on the writer's thread just before each COMMIT; what it throws makes the commit fail as an I/O error would. For tests.</summary>
    public Action? BeforeCommit { get; init; }
}
