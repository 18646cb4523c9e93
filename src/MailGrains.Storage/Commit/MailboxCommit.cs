using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Storage.Commit;

/// <summary>
/// Everything one turn of a mailbox changes, as the state after it: all of it becomes durable in one transaction, or none.
/// </summary>
public sealed class MailboxCommit
{
    public required AccountId Account { get; init; }

    /// <summary>The epoch the committing activation was given by its claim.</summary>
    public required long Epoch { get; init; }

    public required MailboxHead Head { get; init; }

    /// <summary>Folders made or changed, whole.</summary>
    public IReadOnlyList<FolderRow> Folders { get; init; } = [];

    /// <summary>Folders deleted, with their pages and remembered expunges.</summary>
    public IReadOnlyList<FolderId> DeletedFolders { get; init; } = [];

    /// <summary>Pages made or changed, whole; one without messages is deleted.</summary>
    public IReadOnlyList<PageWrite> Pages { get; init; } = [];

    public IReadOnlyList<EmailWrite> Emails { get; init; } = [];

    /// <summary>How many more (or fewer) folder entries refer to a content; a new one starts at its number of entries via this list.</summary>
    public IReadOnlyList<EmailReferenceChange> References { get; init; } = [];

    public IReadOnlyList<ExpungeWrite> Expunges { get; init; } = [];

    /// <summary>The whole keyword table when it grew, else null.</summary>
    public KeywordTable? Keywords { get; init; }

    public IReadOnlyList<SubscriptionWrite> Subscriptions { get; init; } = [];

    public IReadOnlyList<OperationWrite> Operations { get; init; } = [];

    public IReadOnlyList<EventWrite> Events { get; init; } = [];

    /// <summary>
    /// Set by the committer: from this timestamp of the <see cref="TimeProvider"/> on it fails rather than be sent, for the first time or again. Who
    /// waits for it is then told that nothing was done, so nothing may be done later.
    /// </summary>
    public long GiveUpAt { get; set; } = long.MaxValue;
}
