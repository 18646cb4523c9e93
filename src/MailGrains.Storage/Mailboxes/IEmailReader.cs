using MailGrains.Model;

namespace MailGrains.Storage.Mailboxes;

/// <summary>
/// Reads contents straight from the store, past the mailbox's grain: they never change, so no turn is needed. Frontends hold this port.
/// </summary>
public interface IEmailReader
{
    /// <summary>
    /// The records of <paramref name="emails"/> (ascending, at most a few hundred a call), in the same order; null where one is gone.
    /// </summary>
    ValueTask<IReadOnlyList<EmailRecord?>> ReadEmailsAsync(AccountId account, ReadOnlyMemory<EmailId> emails, CancellationToken cancellation);
}
