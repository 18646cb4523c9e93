using MailGrains.Model;

namespace MailGrains.Storage.Mailboxes;

/// <summary>
/// What an activation holds after claiming a mailbox: the epoch that fences every later commit, and the state it starts from.
/// </summary>
public sealed record MailboxClaim(
    AccountId Account,
    long Epoch,
    MailboxHead Head,
    IReadOnlyList<FolderRow> Folders,
    IReadOnlyList<string> Keywords,
    IReadOnlyList<string> Subscriptions);
