using MailGrains.Model;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>Reads contents of a mailbox that is changed each time somebody does.</summary>
internal sealed class BusyEmails(IEmailReader inner, AccountId busy, Func<Task> change) : IEmailReader
{
    public int Changes { get; private set; }

    public async ValueTask<IReadOnlyList<EmailRecord?>> ReadEmailsAsync(AccountId account, ReadOnlyMemory<EmailId> emails, CancellationToken cancellation)
    {
        if (account == busy)
        {
            Changes++;
            await change();
        }

        return await inner.ReadEmailsAsync(account, emails, cancellation);
    }
}
