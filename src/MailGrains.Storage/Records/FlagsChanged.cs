using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>Messages have these flags from now on.</summary>
/// <param name="Flags">As events write them, separated by blanks.</param>
public sealed record FlagsChanged(FolderId Folder, UidSet Uids, string Flags) : RecordChange;
