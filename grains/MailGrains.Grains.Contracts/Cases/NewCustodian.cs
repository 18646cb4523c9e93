using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Cases;

/// <param name="Address">The login the account has now.</param>
/// <param name="Group">The group it came in with, as its member.</param>
/// <param name="AsOf">The moment at which it was a member; null: now.</param>
[GenerateSerializer, Immutable]
public sealed record NewCustodian(
    [property: Id(0)] AccountId Account,
    [property: Id(1)] string Address,
    [property: Id(2)] string? Group,
    [property: Id(3)] DateTimeOffset? AsOf = null);
