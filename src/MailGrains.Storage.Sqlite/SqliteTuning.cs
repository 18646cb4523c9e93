namespace MailGrains.Storage.Sqlite;

/// <summary>How a database file is read and written.</summary>
public abstract record SqliteTuning
{
    /// <summary>
    /// Page cache of the writing connection in octets. After a page was split SQLite looks through all of it at the commit, so more of it makes
    /// commits slower, while what is not in it is most often in the system's.
    /// </summary>
    public long WriterCacheBytes { get; init; } = 8L << 20;

    /// <summary>Page cache of each reading connection in octets.</summary>
    public long ReaderCacheBytes { get; init; } = 4L << 20;

    /// <summary>Idle reading connections kept open; more are opened when more threads read at once.</summary>
    public int IdleReaders { get; init; } = 8;

    /// <summary>Size of the WAL from which it is copied to the database in the background.</summary>
    public long CheckpointBytes { get; init; } = 16L << 20;

    /// <summary>Size of the WAL at which the writer stops to copy the rest, so that the WAL can start again from its beginning.</summary>
    public long WalLimitBytes { get; init; } = 64L << 20;

    /// <summary>Called on the writer's thread just before each COMMIT; what it throws makes the commit fail as an I/O error would. For tests.</summary>
    public Action? BeforeCommit { get; init; }
}
