using System.Collections.Immutable;
using Orleans;

namespace MailGrains.Grains.Contracts.Folders;

[GenerateSerializer, Immutable]
public sealed record FolderPaths([property: Id(0)] ImmutableArray<string> Paths);
