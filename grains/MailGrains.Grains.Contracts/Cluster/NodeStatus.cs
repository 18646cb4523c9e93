using Orleans;

namespace MailGrains.Grains.Contracts.Cluster;

/// <summary>What a silo says of itself.</summary>
/// <param name="Mailboxes">Mailboxes open here.</param>
/// <param name="Sessions">Client sessions of these mailboxes.</param>
/// <param name="ResidentBytes">The process' memory.</param>
[GenerateSerializer, Immutable]
public sealed record NodeStatus(
    [property: Id(0)] string Version,
    [property: Id(1)] bool Draining,
    [property: Id(2)] int Mailboxes,
    [property: Id(3)] int Sessions,
    [property: Id(4)] long ResidentBytes);
