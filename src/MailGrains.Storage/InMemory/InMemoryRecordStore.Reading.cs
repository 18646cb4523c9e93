using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Storage.InMemory;

/// <content>The reading half.</content>
public sealed partial class InMemoryRecordStore
{
    public Task<long> FindSequenceAsync(AccountId account, DateTimeOffset at, CancellationToken cancellation) =>
        Of(account, m => m.Acts.Where(a => a.At <= ToMicrosecond(at)).Select(a => a.Sequence).LastOrDefault());

    public Task<IReadOnlyList<RecordedFolder>> ReadFoldersAsync(AccountId account, long sequence, CancellationToken cancellation) =>
        ListAsync(account, m => m.Folders.Where(f => Stood(sequence, f.Since, f.Until)).OrderBy(f => f.Folder.Value));

    public Task<IReadOnlyList<RecordedFolder>> ReadFolderHistoryAsync(AccountId account, CancellationToken cancellation) =>
        ListAsync(account, m => m.Folders.OrderBy(f => f.Folder.Value).ThenBy(f => f.Since.Sequence));

    public Task<IReadOnlyList<RecordedEntry>> ReadMessagesAsync(MessagesAsOf asked, CancellationToken cancellation) => ListAsync(
        asked.Account,
        m => m.Entries
            .Where(e => Stood(asked.Sequence, e.Since, e.Until) && (asked.Folder is not { } folder || e.Folder == folder))
            .Where(e => (e.Folder.Value, e.Uid).CompareTo((asked.After.Folder.Value, asked.After.Uid)) > 0)
            .OrderBy(e => (e.Folder.Value, e.Uid))
            .Take(asked.Limit)
            .Select(e => e with { Flags = m.FlagsAt(e, asked.Sequence) }));

    public Task<IReadOnlyList<RecordedEntry>> ReadEntriesAsync(EntriesQuery asked, CancellationToken cancellation) => ListAsync(
        asked.Account,
        m => m.Entries
            .Where(e => e.Number > asked.After && e.Since.At <= ToMicrosecond(asked.To) && (e.Until is null || e.Until.At >= ToMicrosecond(asked.From)))
            .Where(e => asked.Left is not { } left || left == e.Until is not null)
            .OrderBy(e => e.Number)
            .Take(asked.Limit));

    public Task<IReadOnlyList<RecordedEntry>> FindEntriesAsync(AccountId account, MessageKey key, CancellationToken cancellation) => ListAsync(
        account,
        m => m.Entries
            .Where(e => key switch
            {
                { MessageId: { } id } => e.MessageId == id,
                { Email: { } email } => e.Email == email,
                _ => e.Blob == key.Blob,
            })
            .OrderBy(e => e.Number));

    public Task<IReadOnlyList<RecordedFlags>> ReadFlagsAsync(IReadOnlyList<long> entries, CancellationToken cancellation) =>
        Locked<IReadOnlyList<RecordedFlags>>(
            () => [.. _mailboxes.Values.SelectMany(m => m.Flags).Where(f => entries.Contains(f.Entry)).OrderBy(f => (f.Entry, f.Act.Sequence))]);

    public Task<IReadOnlyList<AccountId>> FindAccountsAsync(BlobId blob, AccountId? after, int limit, CancellationToken cancellation) =>
        Locked<IReadOnlyList<AccountId>>(
            () =>
            [
                .. _mailboxes.Values.Where(m => m.Entries.Any(e => e.Blob == blob)).Select(m => m.Account)
                    .Where(a => after is not { } last || Order(a, last) > 0).Order(Comparer<AccountId>.Create(Order)).Take(limit),
            ]);

    public Task<IReadOnlyList<RecordedHold>> ReadHoldsAsync(AccountId account, CancellationToken cancellation) => ListAsync(account, m => m.Holds);

    public Task<IReadOnlyList<UnreadEvent>> ReadUnreadAsync(AccountId account, CancellationToken cancellation) => ListAsync(account, m => m.Unread);

    private static bool Stood(long sequence, RecordedAct since, RecordedAct? until) =>
        since.Sequence <= sequence && (until is null || until.Sequence > sequence);

    /// <summary>As databases have it: by the octets as they are written.</summary>
    private static int Order(AccountId a, AccountId b) =>
        a.Value.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(b.Value.ToByteArray(bigEndian: true));

    private Task<IReadOnlyList<T>> ListAsync<T>(AccountId account, Func<InMemoryRecord, IEnumerable<T>> read) =>
        Of<IReadOnlyList<T>>(account, m => [.. read(m)]);

    private Task<T> Of<T>(AccountId account, Func<InMemoryRecord, T> read) => Locked(
        () => read(_mailboxes.GetValueOrDefault(account) ?? new InMemoryRecord(account, () => 0)));
}
