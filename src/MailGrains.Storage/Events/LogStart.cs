namespace MailGrains.Storage.Events;

/// <summary>Where a partition of the log begins whose oldest events retention has removed.</summary>
/// <param name="Removed">Events up to this position are removed; 0: none.</param>
/// <param name="Latest">The latest time of any of them.</param>
/// <param name="Edge">What the hashes of the partition's tree are continued from there; the store doesn't look at it.</param>
public sealed record LogStart(int Partition, long Removed, DateTimeOffset Latest, ReadOnlyMemory<byte> Edge)
{
    /// <summary>Of a partition that has all its events.</summary>
    public static LogStart Whole(int partition) => new(partition, 0, DateTimeOffset.UnixEpoch, default);
}
