using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Messages;

/// <param name="Move">MOVE (RFC 6851): the originals are expunged in the same transaction.</param>
/// <param name="Operation">Unique to this command; repeating it within 7 days gives the first result. null where the caller never repeats.</param>
[GenerateSerializer, Immutable]
public sealed record CopyRequest(
    [property: Id(0)] NumberSet Set,
    [property: Id(1)] bool ByUid,
    [property: Id(2)] string Destination,
    [property: Id(3)] bool Move,
    [property: Id(4)] BlobId? Operation = null);
