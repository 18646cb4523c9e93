using System.Buffers;
using System.Data.Common;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Storage.Relational.Reading;

/// <summary>What can be asked of the store, each in one round trip.</summary>
internal sealed class MailboxReading(IDatabase database)
{
    public async Task<MailboxClaim?> MailboxAsync(AccountId account, CancellationToken cancellation)
    {
        var found = await database.LookAsync("mailbox", State(account), MailboxStates.ReadAsync, cancellation);
        return found.TryGetValue(account, out var mailbox) ? mailbox.State : null;
    }

    public Task<WholeMailbox?> WholeAsync(AccountId account, CancellationToken cancellation) => database.LookAsync(
        "whole",
        [.. State(account), new("ReadAllPages", account.Value)],
        async (reader, c) =>
        {
            var found = await MailboxStates.ReadAsync(reader, c);
            await reader.NextResultAsync(c);
            var pages = await Rows.AllAsync(reader, r => (Folder: new FolderId(r.GetInt32(0)), Page: PageCodec.Decode(r.GetFieldValue<byte[]>(1))), c);
            if (!found.TryGetValue(account, out var mailbox)) return null;
            return new WholeMailbox(
                mailbox.State, pages.GroupBy(p => p.Folder, p => p.Page).ToDictionary(g => g.Key, IReadOnlyList<MessagePage> (g) => [.. g]));
        },
        cancellation);

    public Task<Dictionary<AccountId, long>> NumbersAsync(Guid[] accounts, CancellationToken cancellation) => database.AskAsync(
        "numbers",
        [new("FindMailboxes", accounts)],
        async (r, c) => (await Rows.AllAsync(r, row => (Rows.Account(row, 0), row.GetInt64(1)), c)).ToDictionary(),
        cancellation);

    public async Task<IReadOnlyList<AccountId>> MailboxesAsync(AccountId? after, int limit, CancellationToken cancellation) =>
        await ListAsync("mailboxes", new("ListMailboxes", after?.Value ?? Guid.Empty, after?.Value, (long)limit), r => Rows.Account(r, 0), cancellation);

    /// <summary>The beginnings of their ids, or null when there are more than <paramref name="most"/>.</summary>
    public async Task<IReadOnlyList<ulong>?> OperationsAsync(AccountId account, int most, CancellationToken cancellation)
    {
        var ids = await ListAsync(
            "operations", new("ListOperations", account.Value, most + 1L), r => OperationId.Beginning(r.GetFieldValue<byte[]>(0)), cancellation);
        return ids.Count > most ? null : ids;
    }

    public async Task<IReadOnlyList<MessagePage>> PagesAsync(
        AccountId account, FolderId folder, int first, int last, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PageCodec.MaxLength);
        try
        {
            return await ListAsync(
                "pages", new("ReadPages", account.Value, folder.Value, first, last),
                r => PageCodec.Decode(buffer.AsSpan(0, (int)r.GetBytes(0, 0, buffer, 0, buffer.Length))), cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public async Task<UidSet> ExpungedAsync(AccountId account, FolderId folder, long since, CancellationToken cancellation)
    {
        var sets = await ListAsync(
            "expunges", new("ReadExpunges", account.Value, folder.Value, since), r => UidSetCodec.Decode(r.GetFieldValue<byte[]>(0)), cancellation);
        return UidSet.FromRanges(sets.SelectMany(s => s.Ranges).Select(r => (r.First, r.Last)));
    }

    public async Task<BodyLocator?> BodyAsync(BlobId blob, CancellationToken cancellation)
    {
        var found = await ListAsync("body", new("FindBody", blob.ToArray()), r => Rows.Locator(r, 0), cancellation);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<IReadOnlyList<EmailRecord?>> EmailsAsync(
        AccountId account, ReadOnlyMemory<EmailId> emails, CancellationToken cancellation)
    {
        var ids = new long[emails.Length];
        for (var i = 0; i < ids.Length; i++) ids[i] = emails.Span[i].Value;
        var found = await ListAsync("emails", new("ReadEmails", account.Value, ids), Rows.Email, cancellation);
        var records = new EmailRecord?[ids.Length];
        var next = 0;
        foreach (var record in found)
        {
            while (ids[next] != record.Id.Value) next++;
            records[next++] = record;
        }

        return records;
    }

    public async Task<IReadOnlyList<long>> HeadAsync(int partitions, CancellationToken cancellation) => EventPartition.Ends(
        partitions, await ListAsync("head", new("ReadPartitionsLast"), r => ((long)r.GetInt32(0), r.GetInt64(1)), cancellation));

    public async Task<IReadOnlyList<EventRecord>> PartitionAsync(int partition, long after, int limit, CancellationToken cancellation) =>
        await ListAsync("events", new("ReadEvents", partition, after, (long)limit), Rows.Event, cancellation);

    public async Task<IReadOnlyList<EventRecord>> EventsAsync(AccountId account, long after, int limit, CancellationToken cancellation) =>
        await ListAsync("events", new("ReadMailboxEvents", account.Value, after, (long)limit), Rows.Event, cancellation);

    /// <summary>What <see cref="MailboxStates"/> reads.</summary>
    private static Question[] State(AccountId account)
    {
        var accounts = new[] { account.Value };
        return [new("ReadMailboxes", accounts), new("ReadFolders", accounts), new("ReadKeywords", accounts), new("ReadSubscriptions", accounts)];
    }

    private Task<List<T>> ListAsync<T>(string operation, Question asked, Func<DbDataReader, T> read, CancellationToken cancellation) =>
        database.AskAsync(operation, [asked], (r, c) => Rows.AllAsync(r, read, c), cancellation);
}
