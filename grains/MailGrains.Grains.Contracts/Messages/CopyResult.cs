using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Messages;

/// <summary>COPYUID's data (RFC 9051 section 7.1): the n-th source UID became the n-th destination UID.</summary>
[GenerateSerializer, Immutable]
public sealed record CopyResult(
    [property: Id(0)] uint UidValidity,
    [property: Id(1)] UidSet Source,
    [property: Id(2)] UidSet Destination,
    [property: Id(3)] SessionUpdates Updates,
    [property: Id(4)] long HighestModSeq);
