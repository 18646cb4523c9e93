using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Folders;

/// <summary>STATUS items (RFC 9051 section 6.3.11); sizes in octets.</summary>
[GenerateSerializer, Immutable]
public sealed record FolderStatus(
    [property: Id(0)] FolderId Id,
    [property: Id(1)] uint UidValidity,
    [property: Id(2)] uint UidNext,
    [property: Id(3)] long HighestModSeq,
    [property: Id(4)] uint Messages,
    [property: Id(5)] uint Unseen,
    [property: Id(6)] uint Deleted,
    [property: Id(7)] uint Recent,
    [property: Id(8)] long SizeBytes);
