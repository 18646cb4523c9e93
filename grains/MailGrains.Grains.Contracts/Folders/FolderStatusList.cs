using System.Collections.Immutable;
using Orleans;

namespace MailGrains.Grains.Contracts.Folders;

/// <summary>In the order of the paths asked for; null where there is no such folder.</summary>
[GenerateSerializer, Immutable]
public sealed record FolderStatusList([property: Id(0)] ImmutableArray<FolderStatus?> Items);
