using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Mailboxes;

/// <summary>
/// A session's ear at its mailbox. A call is a hint that may be lost or doubled: the session then asks
/// <see cref="IMailboxGrain.SyncAsync"/> what changed.
/// </summary>
public interface IMailboxObserver : IGrainObserver
{
    /// <summary>The folder the session has selected has changed, up to this MODSEQ, and the change is durable.</summary>
    void Changed(FolderId folder, long modSeq);

    /// <summary>The mailbox goes to another node, which does not know the session yet: the session's next call finds it there.</summary>
    void Moved();

    /// <summary>The session must end (account disabled or deleted, shutdown); the reason is fit for the client.</summary>
    void Evicted(string reason);
}
