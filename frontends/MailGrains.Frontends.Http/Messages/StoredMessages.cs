using System.Runtime.CompilerServices;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Frontends.Http.Messages;

/// <summary>Reads whole messages of one account in the order of their index entries.</summary>
internal sealed class StoredMessages(IEmailReader emails, IBodyReader bodies)
{
    private const int ChunkSize = 256;

    /// <summary>Each entry with its message, or with what is wrong with it. Who enumerates disposes the messages.</summary>
    public async IAsyncEnumerable<(MessageRow Row, StoredMessage? Message, string? Problem)> ReadAsync(
        AccountId account, MessageRows rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var chunk = new List<MessageRow>(ChunkSize);
        foreach (var slice in rows.Slices)
        {
            for (var i = 0; i < slice.Count; i++) chunk.Add(new MessageRow(slice.Page, slice.Start + i, slice.FirstSequence + (uint)i));
            if (chunk.Count < ChunkSize) continue;
            await foreach (var one in ReadChunkAsync(account, chunk, cancellation)) yield return one;
            chunk.Clear();
        }

        await foreach (var one in ReadChunkAsync(account, chunk, cancellation)) yield return one;
    }

    private async IAsyncEnumerable<(MessageRow Row, StoredMessage? Message, string? Problem)> ReadChunkAsync(
        AccountId account, List<MessageRow> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        EmailId[] ids = [.. rows.Select(r => r.EmailId).Distinct().OrderBy(id => id.Value)];
        var records = await emails.ReadEmailsAsync(account, ids, cancellation);
        var found = records.Where(r => r is not null).ToDictionary(r => r!.Id, r => r!);
        foreach (var row in rows)
        {
            if (!found.TryGetValue(row.EmailId, out var record))
            {
                yield return (row, null, "its content is missing from the index");
                continue;
            }

            var (message, problem) = await ReadOneAsync(account, record, cancellation);
            yield return (row, message, problem);
        }
    }

    private async Task<(StoredMessage? Message, string? Problem)> ReadOneAsync(AccountId account, EmailRecord record, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return (new StoredMessage(record, await bodies.ReadAsync(record.Blob, record.Body, cancellation)), null);
            }
            catch (BodyCorruptException damaged)
            {
                // Who receives slowly may come to it after it was moved to another pack.
                var found = await emails.ReadEmailsAsync(account, new[] { record.Id }, cancellation);
                if (found is not [{ } now] || now.Body == record.Body) return (null, damaged.Message);
                record = now;
            }
        }
    }
}
