using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Commit;

namespace MailGrains.Storage.Mailboxes;

/// <summary>
/// The durable index of all mailboxes: heads, folders, message pages, contents' summaries, expunges, operations – and, since
/// they change in the same transaction, the event log's append side. Thread-safe. Every engine passes the same contract suite.
/// </summary>
public interface IMailboxStore
{
    /// <summary>
    /// Takes ownership of a mailbox, creating it empty when there is none: raises its epoch durably and returns its state. From then on a
    /// commit under an older epoch changes nothing.
    /// </summary>
    Task<MailboxClaim> ClaimAsync(AccountId account, CancellationToken cancellation);

    /// <summary>The mailbox as of its last commit, without claiming it; null when it was never claimed. Works while the store takes no writes.</summary>
    Task<MailboxClaim?> ReadMailboxAsync(AccountId account, CancellationToken cancellation);

    /// <summary>
    /// The same with all pages of all folders, as of one and the same commit, however often the mailbox is changed meanwhile. Some 50 octets of memory for
    /// each message.
    /// </summary>
    Task<WholeMailbox?> ReadWholeAsync(AccountId account, CancellationToken cancellation);

    /// <summary>
    /// Applies a group of commits in order, as one transaction. On return every commit whose outcome is
    /// <see cref="CommitOutcome.Committed"/> is on stable storage, with its events, whose positions are gapless in their
    /// partition and ordered as the commits are. A commit whose epoch is not the mailbox's current one is left out whole
    /// (<see cref="CommitOutcome.Fenced"/>) and does not hinder the others. When this throws, nothing of the group is durable or visible;
    /// any exception but the one below says that a commit of the group is impossible in itself, and the others may be handed in again.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store can't write now (full disk, I/O error). Reads may still work.</exception>
    /// <exception cref="OutcomeUnknownException">After <see cref="StopWaiting"/> alone: the group may be durable or not.</exception>
    Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<MailboxCommit> group, CancellationToken cancellation);

    /// <summary>
    /// The same for a group whose bodies are on their way to stable storage: it is committed after <paramref name="bodies"/> has ended well. When that
    /// fails, nothing of the group is durable or visible and its exception is thrown. An engine may do meanwhile what comes before its own commit.
    /// </summary>
    async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<MailboxCommit> group, Task bodies, CancellationToken cancellation)
    {
        await bodies;
        return await CommitAsync(group, cancellation);
    }

    /// <summary>
    /// For a process that is about to end: waits no longer for a server that does not answer. A group that was sent to it ends with
    /// <see cref="OutcomeUnknownException"/>, and none is taken any more. An engine without a server has nothing to wait for.
    /// </summary>
    void StopWaiting()
    {
    }

    /// <summary>The pages of a folder with numbers in [first, last], ascending; absent pages are empty.</summary>
    Task<IReadOnlyList<MessagePage>> ReadPagesAsync(AccountId account, FolderId folder, int first, int last, CancellationToken cancellation);

    /// <summary>UIDs expunged from a folder by changes with a MODSEQ above <paramref name="since"/>.</summary>
    Task<UidSet> ReadExpungedAsync(AccountId account, FolderId folder, long since, CancellationToken cancellation);

    /// <summary>What an operation with this id gave when it was committed, or null when it never was (or is long past).</summary>
    Task<ReadOnlyMemory<byte>?> FindOperationAsync(AccountId account, OperationId operation, CancellationToken cancellation);

    /// <summary>
    /// Of every operation that <see cref="FindOperationAsync"/> would find, the first eight octets of its id as a number, in no order; null when there
    /// are more than <paramref name="most"/>.
    /// </summary>
    Task<IReadOnlyList<ulong>?> ListOperationsAsync(AccountId account, int most, CancellationToken cancellation);

    /// <summary>Forgets operations committed before <paramref name="before"/>; returns how many.</summary>
    Task<int> ForgetOperationsAsync(DateTimeOffset before, CancellationToken cancellation);

    /// <summary>Every mailbox there is, in pages: up to <paramref name="limit"/> ids greater than <paramref name="after"/>.</summary>
    Task<IReadOnlyList<AccountId>> ListMailboxesAsync(AccountId? after, int limit, CancellationToken cancellation);
}
