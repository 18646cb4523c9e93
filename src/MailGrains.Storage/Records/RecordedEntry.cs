using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>One message in one folder.</summary>
public sealed record RecordedEntry
{
    /// <summary>Names the entry in this store; not the same in another one that was derived anew.</summary>
    public required long Number { get; init; }

    public required AccountId Account { get; init; }

    public required FolderId Folder { get; init; }

    public required uint UidValidity { get; init; }

    public required uint Uid { get; init; }

    public required EmailId Email { get; init; }

    /// <summary>SHA-256 of the message as it was received.</summary>
    public required BlobId Blob { get; init; }

    /// <summary>Trace lines added at delivery, before the body.</summary>
    public ReadOnlyMemory<byte> Prefix { get; init; }

    public string? MessageId { get; init; }

    public required long Size { get; init; }

    public required DateTimeOffset InternalDate { get; init; }

    /// <summary>When the message came into the mailbox: copies and moves take it over.</summary>
    public required DateTimeOffset Arrived { get; init; }

    public required EntryOrigin Origin { get; init; }

    /// <summary>The entry it was copied or moved from.</summary>
    public long? Source { get; init; }

    /// <summary>The event that brought it into the folder.</summary>
    public required RecordedAct Since { get; init; }

    /// <summary>Flags when it came, as events write them, separated by blanks.</summary>
    public required string FirstFlags { get; init; }

    /// <summary>Flags at the moment that was asked for; without one the last it had.</summary>
    public required string Flags { get; init; }

    /// <summary>How it left; null: it is still there.</summary>
    public EntryEnd? End { get; init; }

    /// <summary>The event with which it left.</summary>
    public RecordedAct? Until { get; init; }
}
