namespace MailGrains.TestKit.Checking;

/// <summary>A folder as a client sees it.</summary>
internal sealed record FolderSnapshot(
    string User, string Folder, uint UidValidity, uint UidNext, ulong HighestModSeq, IReadOnlyList<SeenMessage> Messages);
