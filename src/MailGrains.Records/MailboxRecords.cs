using System.Runtime.CompilerServices;
using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Records;

/// <summary>What is asked about mailboxes of the past.</summary>
public sealed class MailboxRecords(IRecordReader records)
{
    private const int PageSize = 500;

    /// <summary>The folders of a mailbox at a moment, in the order of their ids.</summary>
    public async Task<IReadOnlyList<RecordedFolder>> FoldersAsync(AccountId account, Moment moment, CancellationToken cancellation) =>
        await records.ReadFoldersAsync(account, await SequenceAsync(account, moment, cancellation), cancellation);

    /// <summary>The messages of a folder, or of all, at a moment, with their flags then; by folder and UID.</summary>
    public async IAsyncEnumerable<RecordedEntry> MessagesAsync(
        AccountId account, Moment moment, FolderId? folder, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var asked = new MessagesAsOf(account, await SequenceAsync(account, moment, cancellation), folder, default, PageSize);
        while (true)
        {
            var page = await records.ReadMessagesAsync(asked, cancellation);
            foreach (var entry in page) yield return entry;
            if (page.Count < PageSize) yield break;
            asked = asked with { After = (page[^1].Folder, page[^1].Uid) };
        }
    }

    /// <summary>All that happened to a message in its mailbox, in order: arrivals, copies, moves, changes of flags, leavings.</summary>
    public async Task<IReadOnlyList<HistoryLine>> HistoryAsync(AccountId account, MessageKey key, CancellationToken cancellation)
    {
        var entries = (await records.FindEntriesAsync(account, key, cancellation)).ToDictionary(e => e.Number);
        var changes = await records.ReadFlagsAsync([.. entries.Keys], cancellation);
        var lines = entries.Values.Select(e => new HistoryLine(HistoryKind.Came, e.Since, e, e.FirstFlags))
            .Concat(entries.Values.Where(e => e.Until is not null).Select(e => new HistoryLine(HistoryKind.Left, e.Until!, e, e.Flags)))
            .Concat(changes.Select(f => new HistoryLine(HistoryKind.Flags, f.Act, entries[f.Entry], f.Flags)));
        return [.. lines.OrderBy(l => l.Act.Sequence).ThenBy(l => l.Kind).ThenBy(l => l.Entry.Number)];
    }

    /// <summary>Who could read a folder at a moment: its owner, as folders are shared with nobody; nobody when it wasn't there.</summary>
    public async Task<IReadOnlyList<AccountId>> ReadersAsync(AccountId account, FolderId folder, Moment moment, CancellationToken cancellation) =>
        (await FoldersAsync(account, moment, cancellation)).Any(f => f.Folder == folder) ? [account] : [];

    private async Task<long> SequenceAsync(AccountId account, Moment moment, CancellationToken cancellation) =>
        moment.Sequence ?? await records.FindSequenceAsync(account, moment.At, cancellation);
}
