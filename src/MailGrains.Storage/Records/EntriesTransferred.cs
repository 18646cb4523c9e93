using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>Messages were copied or moved within the mailbox: the new entries take over what their sources have.</summary>
/// <param name="Move">The sources leave their folder.</param>
public sealed record EntriesTransferred(
    FolderId From, FolderId To, uint UidValidity, IReadOnlyList<TransferredRun> Runs, bool Move) : RecordChange;
