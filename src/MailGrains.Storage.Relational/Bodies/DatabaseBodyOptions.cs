namespace MailGrains.Storage.Relational.Bodies;

/// <summary>Sizes of a body store in a database.</summary>
public sealed record DatabaseBodyOptions
{
    /// <summary>No body may be longer.</summary>
    public int LongestBody { get; init; } = 512 << 20;

    /// <summary>From this many unwritten octets on, an append waits until they are written.</summary>
    public long MaxUnwrittenBytes { get; init; } = 64 << 20;

    /// <summary>Octets written in one request; a longer body is written alone.</summary>
    public long RequestBytes { get; init; } = 16 << 20;

    /// <summary>Bodies appended lately that are not sent again.</summary>
    public int RecentBodies { get; init; } = 16_384;

    /// <summary>How long a body counts as appended lately. Far shorter than unused bodies are kept.</summary>
    public TimeSpan RecentFor { get; init; } = TimeSpan.FromMinutes(10);
}
