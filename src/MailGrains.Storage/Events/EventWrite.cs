using MailGrains.Model;

namespace MailGrains.Storage.Events;

/// <summary>One event as its mailbox made it; the store adds the position in its partition.</summary>
/// <param name="Sequence">Gapless per mailbox, from 1.</param>
/// <param name="Type">Name of the event, e.g. <c>MessageNew</c> (RFC 5423).</param>
/// <param name="Hash">SHA-256 over <see cref="EventHash"/>'s encoding of the previous hash and this event.</param>
/// <param name="Payload">The event as UTF-8 JSON, the bytes that were hashed.</param>
public sealed record EventWrite(long Sequence, string Type, DateTimeOffset At, BlobId PreviousHash, BlobId Hash, ReadOnlyMemory<byte> Payload);
