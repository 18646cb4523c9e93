using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>A folder was made or is called otherwise from now on.</summary>
/// <param name="StateId">A name for the folder's state, where the event has one.</param>
public sealed record FolderNamed(FolderId Folder, uint UidValidity, string Path, string? SpecialUse, string? StateId) : RecordChange;
