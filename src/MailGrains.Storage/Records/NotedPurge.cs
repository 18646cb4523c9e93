using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>What one purge took out of the record of a mailbox, and the mailbox's log may not say yet.</summary>
/// <param name="Number">Of the note; rises, and none is given twice.</param>
/// <param name="Messages">How many entries.</param>
/// <param name="LeftBefore">When the last of them had left its folder.</param>
public sealed record NotedPurge(long Number, AccountId Account, int Messages, DateTimeOffset LeftBefore);
