using System.Globalization;
using System.Text;
using MailGrains.Compliance.Search;
using MailGrains.Frontends.Http.Messages;
using MailGrains.Grains.Contracts.Calls;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Mime;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Records;

namespace MailGrains.Frontends.Http.Archive;

/// <summary>Brings back from the archive what has left a mailbox: with all its octets, its date and its flags but \Deleted.</summary>
internal sealed class Restoration(IRecordReader records, IBodyIndex index, IBodyReader bodies, IGrainFactory grains, TimeProvider time)
{
    private const int Page = 1000;

    /// <summary>What was expunged, or went with its folder, since a time; the last to go first.</summary>
    public async Task<IReadOnlyList<DeletedView>> ListAsync(AccountId account, DateTimeOffset since, int limit, CancellationToken cancellation)
    {
        var folders = new FolderNames(await records.ReadFolderHistoryAsync(account, cancellation));
        var left = new PriorityQueue<RecordedEntry, DateTimeOffset>();
        IReadOnlyList<RecordedEntry> page;
        var after = 0L;
        do
        {
            page = await records.ReadEntriesAsync(new EntriesQuery(account, Page) { After = after, From = since, Left = true }, cancellation);
            foreach (var entry in page.Where(IsDeleted))
            {
                left.Enqueue(entry, entry.Until!.At);
                if (left.Count > limit) left.Dequeue();
            }

            if (page.Count > 0) after = page[^1].Number;
        }
        while (page.Count == Page);
        return [.. left.UnorderedItems.Select(e => e.Element).OrderByDescending(e => e.Until!.At).Select(e => DeletedView.Of(e, FolderOf(folders, e)))];
    }

    /// <summary>Brings messages back; what was brought back to the same folder before, and asked for again within a week, is not doubled.</summary>
    /// <param name="since">Only what left after this.</param>
    public async Task<RestoreReport> RestoreAsync(
        AccountId account, IReadOnlyList<long> wanted, string? into, DateTimeOffset since, SessionOrigin by, CancellationToken cancellation)
    {
        var folders = new FolderNames(await records.ReadFolderHistoryAsync(account, cancellation));
        var mailbox = grains.GetGrain<IMailboxGrain>(account.Value);
        var (restored, gone) = (0, new List<long>());
        try
        {
            foreach (var number in wanted.Distinct().Order())
            {
                var found = await records.ReadEntriesAsync(new EntriesQuery(account, 1) { After = number - 1, From = since, Left = true }, cancellation);
                if (found is not [var entry] || entry.Number != number || !IsDeleted(entry) || await ReadAsync(entry, cancellation) is not { } octets)
                {
                    gone.Add(number);
                    continue;
                }

                var append = Append(account, entry, octets, into ?? FolderOf(folders, entry), by);
                await Patience.CallAsync(time, () => MessageImport.AppendAsync(mailbox, append), cancellation);
                restored++;
            }
        }
        finally
        {
            if (restored > 0) await mailbox.RecordAsync(Event(restored, by));
        }

        return new RestoreReport(restored, gone);
    }

    private static AppendRequest Append(AccountId account, RecordedEntry entry, byte[] octets, string folder, SessionOrigin by)
    {
        var summary = SummaryBuilder.BuildEncoded(octets);
        var content = new MessageContent { Blob = BlobId.Of(octets), Bytes = octets, Summary = summary, MessageId = entry.MessageId };
        var flags = entry.Flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(f => !f.Equals("\\Deleted", StringComparison.OrdinalIgnoreCase));
        var message = new AppendMessage(content, [.. flags], entry.InternalDate);
        return new AppendRequest(SessionId.None, OperationOf(account, entry, folder), folder, [message]) { By = by };
    }

    private static AccountEvent Event(int restored, SessionOrigin by) =>
        new() { Type = AccountEventType.Restored, Origin = by, Details = EventDetails.None.With("count", restored) };

    private static bool IsDeleted(RecordedEntry entry) => entry.End is EntryEnd.Expunge or EntryEnd.FolderDelete;

    /// <summary>Where it was when it left.</summary>
    private static string FolderOf(FolderNames folders, RecordedEntry entry) =>
        folders.Of(entry, long.MaxValue) is { Length: > 0 } path ? path : "INBOX";

    private static BlobId OperationOf(AccountId account, RecordedEntry entry, string folder) => BlobId.Of(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"restore {account} {entry.Folder.Value} {entry.UidValidity} {entry.Uid} {folder}")));

    private async Task<byte[]?> ReadAsync(RecordedEntry entry, CancellationToken cancellation)
    {
        try
        {
            return await bodies.ReadAsync(index, entry, cancellation);
        }
        catch (BodyCorruptException)
        {
            return null;
        }
    }
}
