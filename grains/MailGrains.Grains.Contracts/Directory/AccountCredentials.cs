using MailGrains.Model;
using MailGrains.Model.Accounts;
using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <param name="Version">Grows with every change of password or state: what was verified under an older version is void.</param>
[GenerateSerializer, Immutable]
public sealed record AccountCredentials(
    [property: Id(0)] AccountId Id,
    [property: Id(1)] string Login,
    [property: Id(2)] bool Disabled,
    [property: Id(3)] PasswordVerifiers? Password,
    [property: Id(4)] long Version);
