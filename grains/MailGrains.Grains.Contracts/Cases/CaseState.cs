using System.Collections.Immutable;
using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Cases;

/// <summary>A case as its log tells it.</summary>
[GenerateSerializer, Immutable]
public sealed record CaseState
{
    [Id(0)] public required CaseId Id { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public string? Description { get; init; }

    /// <summary>Releasing a hold needs two officers.</summary>
    [Id(3)] public bool TwoPeople { get; init; }

    [Id(4)] public bool IsClosed { get; init; }

    [Id(5)] public DateTimeOffset CreatedAt { get; init; }

    [Id(6)] public string? CreatedBy { get; init; }

    /// <summary>In the order of their numbers.</summary>
    [Id(7)] public ImmutableArray<Custodian> Custodians { get; init; } = [];

    /// <summary>In the order of their numbers.</summary>
    [Id(8)] public ImmutableArray<CaseSearch> Searches { get; init; } = [];

    /// <summary>In the order of their numbers.</summary>
    [Id(9)] public ImmutableArray<CaseExport> Exports { get; init; } = [];

    [Id(10)]
    public ImmutableSortedDictionary<string, ImmutableHashSet<ItemId>> Tags { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableHashSet<ItemId>>(StringComparer.Ordinal);

    /// <summary>The act that closed it.</summary>
    [Id(11)] public Guid? ClosedIn { get; init; }

    /// <summary>The last event of its log that is in this.</summary>
    [Id(12)] public long Sequence { get; init; }

    public Custodian? Custodian(int number) => number >= 1 && number <= Custodians.Length ? Custodians[number - 1] : null;
}
