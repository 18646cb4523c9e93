using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>A folder was deleted; its messages leave with it.</summary>
public sealed record FolderDeleted(FolderId Folder) : RecordChange;
