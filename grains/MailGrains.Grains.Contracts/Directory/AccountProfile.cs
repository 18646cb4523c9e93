using System.Collections.Immutable;
using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <param name="Login">The name it logs in with: its first address.</param>
/// <param name="Addresses">All its addresses, the first one included, canonical.</param>
[GenerateSerializer, Immutable]
public sealed record AccountProfile(
    [property: Id(0)] AccountId Id,
    [property: Id(1)] string Login,
    [property: Id(2)] ImmutableArray<string> Addresses,
    [property: Id(3)] bool Disabled,
    [property: Id(4)] DateTimeOffset CreatedAt);
