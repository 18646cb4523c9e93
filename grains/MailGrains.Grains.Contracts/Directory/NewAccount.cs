using MailGrains.Model;
using MailGrains.Model.Accounts;
using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>An account to be created with others.</summary>
[GenerateSerializer, Immutable]
public sealed record NewAccount(
    [property: Id(0)] AccountId Id, [property: Id(1)] MailAddress Address, [property: Id(2)] PasswordVerifiers? Password);
