using Orleans;

namespace MailGrains.Grains.Contracts.Mailboxes;

/// <summary>
/// A call on a mailbox failed and changed nothing, but for <see cref="MailboxError.Unconfirmed"/> and <see cref="MailboxError.Uncertain"/>. The message is
/// fit for the client: it tells no internals.
/// </summary>
[GenerateSerializer]
public sealed class MailboxException(MailboxError error, string message) : Exception(message)
{
    [Id(0)]
    public MailboxError Error { get; } = error;

    /// <summary>True when the same call may succeed later.</summary>
    public bool IsTemporary => Error
        is MailboxError.Unavailable or MailboxError.Unconfirmed or MailboxError.Uncertain or MailboxError.Moved or MailboxError.OverQuota;
}
