using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;

namespace MailGrains.Grains.Mailboxes.Sessions;

/// <summary>One client's session with the mailbox.</summary>
internal sealed class MailboxSession(SessionId id, SessionOrigin origin, IMailboxObserver? observer, DateTimeOffset openedAt)
{
    public SessionId Id => id;

    public SessionOrigin Origin { get; set; } = origin;

    public IMailboxObserver? Observer => observer;

    public DateTimeOffset OpenedAt { get; } = openedAt;

    public DateTimeOffset LastUsed { get; set; } = openedAt;

    /// <summary>False when its Login could not be written (a full disk): it may read, but nothing it does may stand in the log before a Login.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>null: authenticated, nothing selected.</summary>
    public Selection? Selection { get; set; }

    /// <summary>When the observer was last told that there is news, null when the session has asked since.</summary>
    public DateTimeOffset? HintedAt { get; set; }
}
