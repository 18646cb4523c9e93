namespace MailGrains.Storage.Commit;

/// <summary>
/// Where grains hand in their commits: one per silo gathers those of all mailboxes and makes each group durable with one fsync of
/// the bodies and one transaction of the store.
/// </summary>
public interface ICommitter
{
    /// <summary>
    /// Ends when the commit is durable. Commits of one mailbox are applied, and their tasks end, in the order of the calls; when one
    /// fails, all later ones of that mailbox and epoch fail too, so that no state is built on one that was lost.
    /// The commit is queued before this returns its task.
    /// </summary>
    /// <exception cref="FencedException">Another activation owns the mailbox now.</exception>
    /// <exception cref="StoreUnavailableException">It could not be made durable in good time; it is not and will not be visible after a new claim.</exception>
    /// <exception cref="OutcomeUnknownException">The committer ends, and the store does not say whether it became durable.</exception>
    Task CommitAsync(MailboxCommit commit);
}
