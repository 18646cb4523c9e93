using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Messages;

/// <param name="Set">Sequence numbers, or UIDs.</param>
/// <param name="ChangedSince">Only messages with a MODSEQ above this (RFC 7162 CHANGEDSINCE).</param>
/// <param name="Vanished">Tell which of the set's UIDs were expunged since <paramref name="ChangedSince"/> too.</param>
/// <param name="Content">What the client is shown of these messages. Told to the log, where that is switched on, before the rows are returned.</param>
[GenerateSerializer, Immutable]
public sealed record RowsRequest(
    [property: Id(0)] NumberSet Set,
    [property: Id(1)] bool ByUid,
    [property: Id(2)] UpdateScope Scope,
    [property: Id(3)] long? ChangedSince = null,
    [property: Id(4)] bool Vanished = false,
    [property: Id(5)] ContentAccess Content = ContentAccess.None);
