using System.Runtime.CompilerServices;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Subscribers.Snapshots;

/// <summary>
/// Reads pictures of mailboxes from the store, past their grains: each as of one commit, however busy it is. Holds the index of one mailbox at a time.
/// </summary>
public sealed class SnapshotSource(IMailboxStore store, IEmailReader emails, IEventLog log)
{
    private const int MailboxesAtOnce = 500;
    private const int PagesAtOnce = 2;

    public async IAsyncEnumerable<SnapshotRecord> ReadAsync(int partition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        AccountId? after = null;
        while (await store.ListMailboxesAsync(after, MailboxesAtOnce, cancellation) is { Count: > 0 } accounts)
        {
            foreach (var account in accounts)
            {
                if (EventPartition.Of(account, log.Partitions) != partition) continue;
                if (await store.ReadWholeAsync(account, cancellation) is not { } mailbox) continue;
                await foreach (var record in RecordsAsync(mailbox, cancellation)) yield return record;
            }

            after = accounts[^1];
        }
    }

    private async IAsyncEnumerable<SnapshotRecord> RecordsAsync(WholeMailbox mailbox, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return SnapshotWriter.Mailbox(mailbox.State);
        foreach (var folder in mailbox.State.Folders)
        {
            foreach (var pages in mailbox.Pages.GetValueOrDefault(folder.Id, []).Chunk(PagesAtOnce))
                yield return await FolderAsync(mailbox.State, folder, pages, cancellation);
        }
    }

    /// <summary>Contents never change, so they may be read later; those of a message that was removed meanwhile may be gone.</summary>
    private async Task<SnapshotRecord> FolderAsync(MailboxClaim mailbox, FolderRow folder, MessagePage[] pages, CancellationToken cancellation)
    {
        EmailId[] ids = [.. pages.SelectMany(p => p.EmailIds).Distinct().Order().Select(id => new EmailId(id))];
        var found = await emails.ReadEmailsAsync(mailbox.Account, ids, cancellation);
        return SnapshotWriter.Folder(mailbox, folder, pages, found.OfType<EmailRecord>().ToDictionary(e => e.Id));
    }
}
