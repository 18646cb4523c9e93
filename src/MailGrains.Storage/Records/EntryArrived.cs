using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>A message came from outside the mailbox.</summary>
/// <param name="Blob">SHA-256 of the message as it was received.</param>
/// <param name="Prefix">Trace lines added at delivery; empty where the event has none.</param>
/// <param name="Flags">As events write them, separated by blanks.</param>
public sealed record EntryArrived(
    EntryOrigin Origin,
    FolderId Folder,
    uint UidValidity,
    uint Uid,
    EmailId Email,
    BlobId Blob,
    ReadOnlyMemory<byte> Prefix,
    string? MessageId,
    long Size,
    DateTimeOffset InternalDate,
    string Flags) : RecordChange;
