using MailGrains.Grains.Contracts.Folders;

namespace MailGrains.Frontends.Http.Folders;

/// <summary>A folder as the admin API shows it; sizes in octets.</summary>
public sealed record FolderView(string Path, string? SpecialUse, uint Messages, uint Unseen, long SizeBytes, uint UidValidity, uint UidNext, long HighestModSeq)
{
    internal static FolderView Of(FolderInfo folder, FolderStatus? status) => new(
        folder.Path,
        folder.SpecialUse,
        status?.Messages ?? 0,
        status?.Unseen ?? 0,
        status?.SizeBytes ?? 0,
        status?.UidValidity ?? 0,
        status?.UidNext ?? 1,
        status?.HighestModSeq ?? 0);
}
