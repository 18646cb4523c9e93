using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>Somebody who holds a role; a group holds it for all its members.</summary>
[GenerateSerializer, Immutable]
public sealed record RoleHolder([property: Id(0)] string Role, [property: Id(1)] MemberProfile Holder);
