using MailGrains.Model;

namespace MailGrains.Views.Replay;

/// <summary>A message as the log says that it is in a folder. What is null the log doesn't say.</summary>
public sealed record ReplayedMessage
{
    /// <summary>Sequence of the last event that was about it.</summary>
    public required long Event { get; init; }

    public required long ModSeq { get; init; }

    /// <summary>As they are written, separated by blanks.</summary>
    public string? Flags { get; init; }

    public long? Email { get; init; }

    public BlobId? Blob { get; init; }

    /// <summary>SHA-256 of the trace header lines before the body.</summary>
    public BlobId? Prefix { get; init; }

    public long? Size { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public long? InternalDate { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public long? SaveDate { get; init; }
}
