using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>Messages were expunged.</summary>
public sealed record EntriesLeft(FolderId Folder, UidSet Uids) : RecordChange;
