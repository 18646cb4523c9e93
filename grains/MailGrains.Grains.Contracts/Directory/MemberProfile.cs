using MailGrains.Model.Accounts;
using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <param name="Name">An account's login, a group's name.</param>
[GenerateSerializer, Immutable]
public sealed record MemberProfile([property: Id(0)] MemberId Id, [property: Id(1)] string Name);
