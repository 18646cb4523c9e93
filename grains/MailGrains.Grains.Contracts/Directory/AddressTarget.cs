using System.Collections.Immutable;
using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>Where mail to an address goes: all that RCPT asks.</summary>
[GenerateSerializer, Immutable]
public sealed record AddressTarget
{
    /// <summary>More members than this are not delivered to.</summary>
    public const int MaxMembers = 5000;

    /// <summary>The account whose address it is; null for a group's.</summary>
    [Id(0)] public AccountId? Account { get; init; }

    /// <summary>The account, or the whole domain, takes neither mail nor logins.</summary>
    [Id(1)] public bool Disabled { get; init; }

    /// <summary>
    /// Of a group: every account that is in it, directly or through other groups, and not disabled; at most one more than <see cref="MaxMembers"/>.
    /// </summary>
    [Id(2)] public ImmutableArray<AccountId> Members { get; init; } = [];
}
