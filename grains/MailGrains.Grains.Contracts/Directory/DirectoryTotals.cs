using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <param name="OwedActs">Acts of administrators that are done and not yet in the log they belong to.</param>
[GenerateSerializer, Immutable]
public readonly record struct DirectoryTotals([property: Id(0)] long Accounts, [property: Id(1)] long OwedActs);
