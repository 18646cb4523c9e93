using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Storage.Mailboxes;

/// <summary>A mailbox with the index of all its messages, as of one commit.</summary>
/// <param name="Pages">The pages of each folder that has messages, ascending; absent ones are empty.</param>
public sealed record WholeMailbox(MailboxClaim State, IReadOnlyDictionary<FolderId, IReadOnlyList<MessagePage>> Pages);
