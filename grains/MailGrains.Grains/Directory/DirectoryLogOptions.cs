namespace MailGrains.Grains.Directory;

/// <param name="SnapshotEvery">
/// How often the directory's log says how everything is, so that its beginning can be removed; null: once, as nothing is removed from the log.
/// </param>
public sealed record DirectoryLogOptions(TimeSpan? SnapshotEvery)
{
    /// <summary>A twelfth of the time events are kept, so that little more than that is held back for the directory's sake.</summary>
    public static DirectoryLogOptions For(TimeSpan? keepFor)
    {
        if (keepFor is not { } kept) return new DirectoryLogOptions(SnapshotEvery: null);
        var every = kept / 12;
        return new DirectoryLogOptions(every < TimeSpan.FromHours(1) ? TimeSpan.FromHours(1) : every);
    }
}
