using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Changelog.History;

/// <summary>Something that happened to a message that is a revision of an object.</summary>
public sealed record HistoryEntry
{
    public required HistoryOperation Operation { get; init; }

    public required GroupwareKind Kind { get; init; }

    /// <summary>The time of the event.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The login of who did it; null for deliveries.</summary>
    public string? Actor { get; init; }

    /// <summary>Path of the folder, as it is called now, or was called last: clients ask by the name they see. Of a move, where it went.</summary>
    public required string Folder { get; init; }

    /// <summary>UID in that folder.</summary>
    public required uint Uid { get; init; }

    /// <summary>Of a move, where it came from; else null.</summary>
    public string? OldFolder { get; init; }

    /// <summary>The message as it was received.</summary>
    public required BlobId Blob { get; init; }

    public long Revision => History.Revision.Of(At);
}
