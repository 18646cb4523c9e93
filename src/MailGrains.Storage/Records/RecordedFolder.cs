using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>A folder under one name.</summary>
/// <param name="Until">What ended it, a new name or the folder's end; null: it stands.</param>
public sealed record RecordedFolder(
    FolderId Folder, uint UidValidity, string Path, string? SpecialUse, string? StateId, RecordedAct Since, RecordedAct? Until);
