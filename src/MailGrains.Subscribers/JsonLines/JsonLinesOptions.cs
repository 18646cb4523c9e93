namespace MailGrains.Subscribers.JsonLines;

/// <summary>Where lines go.</summary>
/// <param name="Path">The folder.</param>
public sealed record JsonLinesOptions(string Path)
{
    /// <summary>A file of this size in octets is followed by a new one; looked at after each batch.</summary>
    public long RotateBytes { get; init; } = 100_000_000;

    /// <summary>Lines of messages that came have their ENVELOPE and BODYSTRUCTURE.</summary>
    public bool HasStructure { get; init; }

    /// <summary>Files of a partition that are kept beside the one being written.</summary>
    public int KeepFiles { get; init; } = 10;
}
