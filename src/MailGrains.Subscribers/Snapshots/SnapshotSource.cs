using System.Runtime.CompilerServices;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Subscribers.Snapshots;

/// <summary>
/// Reads pictures of mailboxes from the store, past their grains: a mailbox that was changed while it was read is read again. Holds one mailbox at a time.
/// </summary>
public sealed class SnapshotSource(IMailboxStore store, IEmailReader emails, IEventLog log)
{
    private const int MailboxesAtOnce = 500;
    private const int PagesAtOnce = 2;
    private const int MostAttempts = 50;

    /// <exception cref="HandlerUnavailableException">A mailbox is changed all the time.</exception>
    public async IAsyncEnumerable<SnapshotRecord> ReadAsync(int partition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        AccountId? after = null;
        while (await store.ListMailboxesAsync(after, MailboxesAtOnce, cancellation) is { Count: > 0 } accounts)
        {
            foreach (var account in accounts)
            {
                if (EventPartition.Of(account, log.Partitions) != partition) continue;
                foreach (var record in await MailboxAsync(account, cancellation)) yield return record;
            }

            after = accounts[^1];
        }
    }

    private async Task<IReadOnlyList<SnapshotRecord>> MailboxAsync(AccountId account, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await store.ReadMailboxAsync(account, cancellation) is not { } before) return [];
            var records = new List<SnapshotRecord> { SnapshotWriter.Mailbox(before) };
            foreach (var folder in before.Folders)
                if (folder.Messages > 0) await FolderAsync(before, folder, records, cancellation);

            // Every change of messages has its MODSEQ, and so another head.
            if (await store.ReadMailboxAsync(account, cancellation) is { } now && now.Head == before.Head) return records;
        }

        throw new HandlerUnavailableException($"Mailbox {account} is changed all the time; its picture is taken later.");
    }

    private async Task FolderAsync(MailboxClaim mailbox, FolderRow folder, List<SnapshotRecord> records, CancellationToken cancellation)
    {
        var last = MessagePage.NumberOf(folder.UidNext);
        for (var first = 0; first <= last; first += PagesAtOnce)
        {
            var pages = await store.ReadPagesAsync(mailbox.Account, folder.Id, first, Math.Min(last, first + PagesAtOnce - 1), cancellation);
            if (pages.Sum(p => p.Count) == 0) continue;
            EmailId[] ids = [.. pages.SelectMany(p => p.EmailIds).Distinct().Order().Select(id => new EmailId(id))];
            var found = await emails.ReadEmailsAsync(mailbox.Account, ids, cancellation);
            records.Add(SnapshotWriter.Folder(mailbox, folder, pages, found.OfType<EmailRecord>().ToDictionary(e => e.Id)));
        }
    }
}
