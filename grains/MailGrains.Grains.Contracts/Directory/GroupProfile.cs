using MailGrains.Model.Accounts;
using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <param name="Address">Mail to it goes to all members; null: there is none.</param>
[GenerateSerializer, Immutable]
public sealed record GroupProfile(
    [property: Id(0)] GroupId Id, [property: Id(1)] string Name, [property: Id(2)] string? Address, [property: Id(3)] DateTimeOffset CreatedAt);
