using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational.Records;

/// <summary>The records in a database. What is the same for all engines is here.</summary>
public sealed class RelationalRecords : IRecordStore, IAsyncDisposable
{
    private readonly IRecordDatabase _database;

    internal RelationalRecords(IRecordDatabase database) => (_database, Objects) = (database, new RelationalGroupwareIndex(database));

    /// <summary>The groupware objects among the messages, in the same database: closed with the records.</summary>
    public IGroupwareIndex Objects { get; }

    internal IRecordDatabase Database => _database;

    public async Task<long> ReadProgressAsync(string subscriber, int partition, CancellationToken cancellation) =>
        await ListAsync(new("RecordProgress", subscriber, (long)partition), r => r.Int64(0), cancellation) is [var found] ? found : 0;

    public Task<IReadOnlyList<RecordPosition>> ListProgressAsync(string subscriber, CancellationToken cancellation) =>
        ListAsync(new("RecordProgresses", subscriber), RecordRows.Position, cancellation);

    public Task<bool> ApplyAsync(RecordBatch batch, CancellationToken cancellation) => _database.WriteAsync(
        async transaction =>
        {
            // The first step makes the row, so both who start at 0 meet on it.
            var first = new Question("RecordStart", batch.Subscriber, (long)batch.Partition);
            var step = new Question("RecordAdvance", batch.Subscriber, (long)batch.Partition, batch.From, batch.To, batch.Hash?.ToArray());
            if ((await transaction.AskAsync(batch.From == 0 ? [first, step] : [step], r => r.Int64(0))).Count == 0) return false;
            await transaction.RunAsync(RecordWriting.Statements(batch));
            return true;
        },
        cancellation);

    public async Task<long> FindSequenceAsync(AccountId account, DateTimeOffset at, CancellationToken cancellation) =>
        await ListAsync(new("RecordSequenceAt", account.Value, EventHash.Microseconds(at)), r => r.Int64(0), cancellation) is [var found] ? found : 0;

    public Task<IReadOnlyList<RecordedFolder>> ReadFoldersAsync(AccountId account, long sequence, CancellationToken cancellation) =>
        ListAsync(new("RecordFoldersAt", account.Value, sequence), RecordRows.Folder, cancellation);

    public Task<IReadOnlyList<RecordedFolder>> ReadFolderHistoryAsync(AccountId account, CancellationToken cancellation) =>
        ListAsync(new("RecordFolderHistory", account.Value), RecordRows.Folder, cancellation);

    public Task<IReadOnlyList<RecordedEntry>> ReadMessagesAsync(MessagesAsOf asked, CancellationToken cancellation)
    {
        var (first, last) = asked.Folder is { } folder ? (folder.Value, folder.Value) : (0, int.MaxValue);
        var question = new Question(
            "RecordMessagesAt", asked.Account.Value, asked.Sequence, (long)first, (long)last,
            (long)asked.After.Folder.Value, (long)asked.After.Uid, (long)asked.Limit);
        return ListAsync(question, RecordRows.EntryAsOf, cancellation);
    }

    public Task<IReadOnlyList<RecordedEntry>> ReadEntriesAsync(EntriesQuery asked, CancellationToken cancellation)
    {
        var question = new Question(
            "RecordEntries", asked.Account.Value, asked.After, EventHash.Microseconds(asked.From), EventHash.Microseconds(asked.To),
            asked.Left != true ? 1L : 0L, asked.Left != false ? 1L : 0L, (long)asked.Limit);
        return ListAsync(question, RecordRows.Entry, cancellation);
    }

    public Task<IReadOnlyList<RecordedEntry>> FindEntriesAsync(AccountId account, MessageKey key, CancellationToken cancellation) => key switch
    {
        { MessageId: { } id } => ListAsync(new("RecordEntriesByMessageId", account.Value, id), RecordRows.Entry, cancellation),
        { Email: { } email } => ListAsync(new("RecordEntriesByEmail", account.Value, email.Value), RecordRows.Entry, cancellation),
        { Blob: { } blob } => ListAsync(new("RecordEntriesByBlob", account.Value, blob.ToArray()), RecordRows.Entry, cancellation),
        _ => Task.FromResult<IReadOnlyList<RecordedEntry>>([]),
    };

    public Task<IReadOnlyList<RecordedFlags>> ReadFlagsAsync(IReadOnlyList<long> entries, CancellationToken cancellation) => _database.ReadAsync(
        [.. entries.Order().Select(e => new Question("RecordFlagsOf", e))], RecordRows.Flags, cancellation);

    public Task<IReadOnlyList<AccountId>> FindAccountsAsync(BlobId blob, AccountId? after, int limit, CancellationToken cancellation) => ListAsync(
        after is { } last ? new("RecordAccountsOfAfter", blob.ToArray(), (long)limit, last.Value) : new("RecordAccountsOf", blob.ToArray(), (long)limit),
        r => r.Account(0), cancellation);

    public Task<IReadOnlyList<RecordedHold>> ReadHoldsAsync(AccountId account, CancellationToken cancellation) =>
        ListAsync(new("RecordHolds", account.Value), RecordRows.Hold, cancellation);

    public Task<IReadOnlyList<UnreadEvent>> ReadUnreadAsync(AccountId account, CancellationToken cancellation) =>
        ListAsync(new("RecordUnreads", account.Value), RecordRows.Unread, cancellation);

    public async Task<IReadOnlySet<BlobId>> FindReferredAsync(IReadOnlyList<BlobId> bodies, CancellationToken cancellation) => (await _database.ReadAsync(
        [.. bodies.Distinct().Select(b => new Question("RecordReferred", b.ToArray()))], r => r.Blob(0), cancellation)).ToHashSet();

    public Task<IReadOnlyList<LeftEntry>> ReadLeftAsync(
        DateTimeOffset before, (DateTimeOffset Left, long Number) after, int limit, CancellationToken cancellation) => ListAsync(
        new("RecordLeft", EventHash.Microseconds(before), EventHash.Microseconds(after.Left), after.Number, (long)limit), RecordRows.Left, cancellation);

    public Task WriteClassesAsync(IReadOnlyList<ClassedEntry> entries, CancellationToken cancellation) => _database.WriteAsync(
        async transaction =>
        {
            await transaction.RunAsync(
                entries.OrderBy(e => e.Number).Select(e => new Question("RecordClasses", e.Number, StoredClasses.Encode(e.Classes))));
            return true;
        },
        cancellation);

    public Task<IReadOnlyList<PurgedEntry>> PurgeAsync(IReadOnlyList<long> entries, CancellationToken cancellation) => _database.WriteAsync(
        async transaction =>
        {
            long[] numbers = [.. entries.Distinct().Order()];
            await transaction.AskAsync([.. numbers.Select(e => new Question("RecordPurgeLock", e))], row => row.Int64(0));
            var asked = numbers.Select(e => new Question("RecordPurge", e));
            var purged = await transaction.AskAsync([.. asked], RecordRows.Purged);
            await transaction.RunAsync(purged.Select(p => new Question("RecordPurgeFlags", p.Number)));
            await transaction.RunAsync(purged.Select(p => new Question("RecordPurgeObject", p.Account.Value, p.Email.Value)));
            await transaction.RunAsync(purged.Select(p => new Question("RecordNote", p.Blob.ToArray())));
            await transaction.RunAsync(purged.GroupBy(p => p.Account).Select(
                g => new Question("RecordPurgeNote", g.Key.Value, g.LongCount(), EventHash.Microseconds(g.Max(p => p.Left)))));
            return purged;
        },
        cancellation);

    public Task<IReadOnlyList<NotedBody>> ReadNotedAsync(int limit, CancellationToken cancellation) =>
        ListAsync(new("RecordNoted", (long)limit), r => new NotedBody(r.Blob(0), r.Int64(1)), cancellation);

    public Task StrikeOutAsync(IReadOnlyList<NotedBody> bodies, CancellationToken cancellation) => _database.WriteAsync(
        async transaction =>
        {
            await transaction.RunAsync(bodies.Select(b => new Question("RecordStrikeOut", b.Blob.ToArray(), b.Note)));
            return true;
        },
        cancellation);

    public Task<IReadOnlyList<NotedPurge>> ReadPurgesAsync(long after, int limit, CancellationToken cancellation) =>
        ListAsync(new("RecordPurges", after, (long)limit), RecordRows.Purge, cancellation);

    public Task StrikeOutPurgesAsync(IReadOnlyList<NotedPurge> purges, CancellationToken cancellation) => _database.WriteAsync(
        async transaction =>
        {
            await transaction.RunAsync(purges.Select(p => new Question("RecordPurgeTold", p.Number)));
            return true;
        },
        cancellation);

    public async Task<ClockState?> ReadClockAsync(CancellationToken cancellation) =>
        await ListAsync(new("RecordClock"), RecordRows.Clock, cancellation) is [var found] ? found : null;

    public Task WriteClockAsync(ClockState state, CancellationToken cancellation) => _database.WriteAsync(
        async transaction =>
        {
            await transaction.RunAsync([new("RecordClockWrite", EventHash.Microseconds(state.Wall), (long)state.Waiting.TotalMicroseconds)]);
            return true;
        },
        cancellation);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private Task<IReadOnlyList<T>> ListAsync<T>(Question asked, Func<IRecordRow, T> read, CancellationToken cancellation) =>
        _database.ReadAsync([asked], read, cancellation);
}
