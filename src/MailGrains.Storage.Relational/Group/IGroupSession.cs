using MailGrains.Storage.Commit;

namespace MailGrains.Storage.Relational.Group;

/// <summary>
/// One connection of a writer, entered in the writer's row under a generation of its own. From then on no older connection commits a group any
/// more: one that had got so far has been waited for, every other meets the new generation.
/// </summary>
internal interface IGroupSession : IAsyncDisposable
{
    /// <summary>What the database knew of the writer when the session was entered.</summary>
    WriterMark Mark { get; }

    /// <summary>
    /// Sends a group as one request and one transaction; returns the fenced ones among the shares that have a mailbox (from 1). On return
    /// the transaction is on stable storage.
    /// </summary>
    /// <param name="group">The commits.</param>
    /// <param name="shareOf">The share of each.</param>
    /// <param name="shares">All of the group.</param>
    /// <param name="number">The group's.</param>
    /// <param name="abandoned">Ends the waiting, with an exception that leaves open how the group ends.</param>
    Task<long[]> CommitAsync(
        IReadOnlyList<MailboxCommit> group, int[] shareOf, List<MailboxShare> shares, long number, CancellationToken abandoned);
}
