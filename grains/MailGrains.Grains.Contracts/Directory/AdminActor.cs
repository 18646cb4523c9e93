using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>The administrator behind an act, for the event it makes.</summary>
/// <param name="Name">The name that was authenticated.</param>
/// <param name="ClientAddress">Where the request came from.</param>
[GenerateSerializer, Immutable]
public sealed record AdminActor([property: Id(0)] string? Name, [property: Id(1)] string? ClientAddress);
