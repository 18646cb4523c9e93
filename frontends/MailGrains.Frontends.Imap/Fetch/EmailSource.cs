using MailGrains.Model;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Frontends.Imap.Fetch;

/// <summary>Email records, from the cache where they are there.</summary>
internal sealed class EmailSource(IEmailReader reader, EmailCache cache)
{
    /// <summary>
    /// Fills <paramref name="records"/> with those of <paramref name="emails"/>, in the same order; null where one is gone.
    /// </summary>
    public ValueTask ReadAsync(AccountId account, ReadOnlyMemory<EmailId> emails, Memory<EmailRecord?> records, CancellationToken cancellation)
    {
        List<int>? missing = null;
        for (var i = 0; i < emails.Length; i++)
        {
            var record = cache.Find(account, emails.Span[i]);
            records.Span[i] = record;
            if (record is null) (missing ??= []).Add(i);
        }

        return missing is null ? default : ReadMissingAsync(account, emails, records, missing, cancellation);
    }

    /// <summary>The record as it is now, past the cache; null when it is gone.</summary>
    public async ValueTask<EmailRecord?> RefreshAsync(AccountId account, EmailId email, CancellationToken cancellation)
    {
        var read = await reader.ReadEmailsAsync(account, new[] { email }, cancellation);
        if (read[0] is { } record) cache.Add(account, record);
        return read[0];
    }

    private async ValueTask ReadMissingAsync(
        AccountId account, ReadOnlyMemory<EmailId> emails, Memory<EmailRecord?> records, List<int> missing, CancellationToken cancellation)
    {
        // The reader wants them ascending; messages in UID order are not, once some have been copied.
        missing.Sort((a, b) => emails.Span[a].Value.CompareTo(emails.Span[b].Value));
        var ids = new List<EmailId>(missing.Count);
        foreach (var index in missing)
        {
            if (ids.Count == 0 || ids[^1] != emails.Span[index]) ids.Add(emails.Span[index]);
        }

        var read = await reader.ReadEmailsAsync(account, ids.ToArray(), cancellation);
        var next = 0;
        foreach (var index in missing)
        {
            if (ids[next] != emails.Span[index]) next++;
            records.Span[index] = read[next];
        }

        foreach (var record in read)
        {
            if (record is not null) cache.Add(account, record);
        }
    }
}
