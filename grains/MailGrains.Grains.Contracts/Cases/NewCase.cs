using Orleans;

namespace MailGrains.Grains.Contracts.Cases;

/// <param name="TwoPeople">Releasing a hold needs two officers.</param>
[GenerateSerializer, Immutable]
public sealed record NewCase([property: Id(0)] string Name, [property: Id(1)] string? Description, [property: Id(2)] bool TwoPeople);
