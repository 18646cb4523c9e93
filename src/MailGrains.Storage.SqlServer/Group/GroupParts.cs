namespace MailGrains.Storage.SqlServer.Group;

/// <summary>The statements between BeginGroup and EndGroup, by their names and in their order; each is sent only when it has rows.</summary>
[Flags]
internal enum GroupParts
{
    None = 0,
    DeleteFolders = 1 << 0,
    WriteFolders = 1 << 1,
    WritePages = 1 << 2,
    LockBodies = 1 << 3,
    UseBodies = 1 << 4,
    WriteEmails = 1 << 5,
    ChangeReferences = 1 << 6,
    AddExpunges = 1 << 7,
    ForgetExpunges = 1 << 8,
    WriteKeywords = 1 << 9,
    WriteSubscriptions = 1 << 10,
    AddOperations = 1 << 11,
    AddEvents = 1 << 12,
}
