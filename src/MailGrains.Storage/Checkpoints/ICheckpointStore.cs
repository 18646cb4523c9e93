namespace MailGrains.Storage.Checkpoints;

/// <summary>
/// The checkpoint history where several processes sign one log. Rows are added and never changed. What has returned is durable. All methods throw
/// <see cref="StoreUnavailableException"/> when the store can't be used now.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>The row with the highest number, or null.</summary>
    Task<CheckpointRow?> ReadLastAsync(CheckpointKind kind, CancellationToken cancellation);

    /// <summary>Up to <paramref name="limit"/> rows with numbers above <paramref name="after"/>, in order.</summary>
    Task<IReadOnlyList<CheckpointRow>> ReadAsync(CheckpointKind kind, long after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Adds a row. False: there is one of that kind and number, which stays as it is. Of two who add the same number one succeeds; after a connection was
    /// lost that may be one who is told false, so whoever is told false reads.
    /// </summary>
    Task<bool> AddAsync(CheckpointRow row, CancellationToken cancellation);
}
