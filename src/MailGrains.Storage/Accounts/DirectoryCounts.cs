namespace MailGrains.Storage.Accounts;

/// <param name="Accounts">Accounts that exist.</param>
/// <param name="OwedActs">Acts that mailboxes' logs, and the directory's, may not have yet.</param>
public readonly record struct DirectoryCounts(long Accounts, long OwedActs);
