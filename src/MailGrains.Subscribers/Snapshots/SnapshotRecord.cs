using MailGrains.Model;

namespace MailGrains.Subscribers.Snapshots;

/// <summary>
/// A part of the picture of one mailbox (docs/subscribers.md): first one of type <see cref="Mailbox"/>, and then, while there are messages, those of type
/// <see cref="Folder"/>.
/// </summary>
/// <param name="Sequence">The mailbox's last event that is in the picture; the same in all its parts.</param>
/// <param name="Hash">That event's chain hash.</param>
/// <param name="Payload">UTF-8 JSON.</param>
public sealed record SnapshotRecord(AccountId Account, long Sequence, BlobId Hash, string Type, ReadOnlyMemory<byte> Payload)
{
    public const string Mailbox = "vnd.mailgrains.MailboxSnapshot";

    public const string Folder = "vnd.mailgrains.FolderSnapshot";
}
