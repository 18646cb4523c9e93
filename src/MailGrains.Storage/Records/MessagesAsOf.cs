using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>Asks for the messages of a mailbox as of one moment, ordered by folder and UID.</summary>
/// <param name="Sequence">As of the event with this sequence, its effect included.</param>
/// <param name="Folder">null: all folders.</param>
/// <param name="After">Folder of the last entry of the page before, and its UID.</param>
public sealed record MessagesAsOf(AccountId Account, long Sequence, FolderId? Folder, (FolderId Folder, uint Uid) After, int Limit);
