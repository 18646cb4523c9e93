using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Sessions;

/// <param name="Folder">The folder itself, whatever it is called by now: the path does not count then.</param>
[GenerateSerializer, Immutable]
public sealed record SelectRequest(
    [property: Id(0)] string Path,
    [property: Id(1)] bool ReadOnly = false,
    [property: Id(2)] ResyncRequest? Resync = null,
    [property: Id(3)] FolderId? Folder = null);
