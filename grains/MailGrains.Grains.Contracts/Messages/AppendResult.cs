using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Messages;

/// <summary>APPENDUID's data (RFC 9051 section 7.1), and what the session is to be told of its selected folder.</summary>
[GenerateSerializer, Immutable]
public sealed record AppendResult(
    [property: Id(0)] uint UidValidity,
    [property: Id(1)] UidSet Uids,
    [property: Id(2)] SessionUpdates Updates);
