using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Frontends.Imap.Fetch;

/// <summary>Bodies by record. A record that was cached may tell a place the body has left since; then it is looked up anew.</summary>
internal sealed class BodySource(IBodyReader bodies, EmailSource emails)
{
    /// <exception cref="BodyCorruptException">The body is damaged where it lies now.</exception>
    public async ValueTask<BodyLease> ReadAsync(AccountId account, EmailRecord record, CancellationToken cancellation)
    {
        try
        {
            return await bodies.ReadAsync(record.Blob, record.Body, cancellation);
        }
        catch (BodyCorruptException)
        {
            var now = await emails.RefreshAsync(account, record.Id, cancellation);
            if (now is null || now.Body == record.Body) throw;
            return await bodies.ReadAsync(now.Blob, now.Body, cancellation);
        }
    }
}
