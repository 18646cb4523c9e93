using System.Collections.Immutable;
using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>What somebody was in and held at one moment, as events tell it.</summary>
/// <param name="Groups">Names of the groups, those it was in through other groups included; ordinal order.</param>
/// <param name="Roles">The roles it held, itself or through a group; ordinal order.</param>
/// <param name="LeftOut">How many names more there were than <see cref="MaxNames"/> of a kind.</param>
[GenerateSerializer, Immutable]
public sealed record Memberships(
    [property: Id(0)] ImmutableArray<string> Groups, [property: Id(1)] ImmutableArray<string> Roles, [property: Id(2)] int LeftOut = 0)
{
    /// <summary>Groups, and roles, told at most: they are in every event of a session.</summary>
    public const int MaxNames = 100;

    /// <returns>null when there are none.</returns>
    public static Memberships? Of(IReadOnlyList<string> groups, IReadOnlyList<string> roles) => groups.Count + roles.Count == 0
        ? null
        : new Memberships(
            [.. groups.Take(MaxNames)],
            [.. roles.Take(MaxNames)],
            Math.Max(0, groups.Count - MaxNames) + Math.Max(0, roles.Count - MaxNames));
}
