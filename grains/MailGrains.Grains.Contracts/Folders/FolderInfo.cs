using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Folders;

/// <param name="Path">Unicode, levels separated by '/'.</param>
/// <param name="SpecialUse">Without backslash ("Sent"), or null (RFC 6154).</param>
[GenerateSerializer, Immutable]
public sealed record FolderInfo(
    [property: Id(0)] FolderId Id,
    [property: Id(1)] string Path,
    [property: Id(2)] string? SpecialUse);
