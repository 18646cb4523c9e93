using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

[GenerateSerializer, Immutable]
public sealed record DomainProfile([property: Id(0)] string Name, [property: Id(1)] bool Disabled);
