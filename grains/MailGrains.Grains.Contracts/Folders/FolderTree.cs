using System.Collections.Immutable;
using Orleans;

namespace MailGrains.Grains.Contracts.Folders;

/// <summary>
/// All folders of a mailbox, sorted by path (ordinal). A level that has children but is no folder itself is not listed: LIST shows it as
/// \NonExistent.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record FolderTree(
    [property: Id(0)] ImmutableArray<FolderInfo> Folders,
    [property: Id(1)] ImmutableSortedSet<string> Subscriptions);
