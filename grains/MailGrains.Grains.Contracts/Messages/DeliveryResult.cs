using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Messages;

/// <param name="Path">The folder it went to.</param>
/// <param name="EventSequence">Sequence of its MessageNew event in the mailbox.</param>
/// <param name="EventHash">That event's chain hash; null when it was made by an earlier attempt and can't be read now.</param>
/// <param name="Duplicate">True when an earlier attempt had stored it already.</param>
[GenerateSerializer, Immutable]
public sealed record DeliveryResult(
    [property: Id(0)] string Path,
    [property: Id(1)] uint UidValidity,
    [property: Id(2)] uint Uid,
    [property: Id(3)] EmailId Email,
    [property: Id(4)] long EventSequence,
    [property: Id(6)] BlobId? EventHash,
    [property: Id(5)] bool Duplicate);
