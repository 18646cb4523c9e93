using Orleans;

namespace MailGrains.Grains.Contracts.Sessions;

[GenerateSerializer, Immutable]
public sealed record SelectRequest(
    [property: Id(0)] string Path,
    [property: Id(1)] bool ReadOnly = false,
    [property: Id(2)] ResyncRequest? Resync = null);
