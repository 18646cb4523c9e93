using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Sessions;

/// <summary>The QRESYNC parameter (RFC 7162 section 3.2.5).</summary>
/// <param name="KnownUids">UIDs the client knows; null means all up to its last.</param>
/// <param name="KnownSequences">Sequence numbers of the match data, parallel to <paramref name="MatchUids"/>.</param>
[GenerateSerializer, Immutable]
public sealed record ResyncRequest(
    [property: Id(0)] uint UidValidity,
    [property: Id(1)] long ModSeq,
    [property: Id(2)] UidSet? KnownUids,
    [property: Id(3)] UidSet? KnownSequences,
    [property: Id(4)] UidSet? MatchUids);
