using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Storage.Commit;

/// <summary>A page of a folder as it is after the commit.</summary>
public readonly record struct PageWrite(FolderId Folder, MessagePage Page);
