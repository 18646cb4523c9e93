using MailGrains.Changelog.Objects;
using MailGrains.Model;
using MailGrains.Storage;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Records;
using MailGrains.Subscribers;

namespace MailGrains.Changelog.Indexing;

/// <summary>
/// Puts the groupware objects among the messages that come into mailboxes into the index. What comes twice is there once, so the index keeps no position of
/// its own. A message that can't be read, or is not kept any more, is no object.
/// </summary>
public sealed class ChangelogHandler(IGroupwareIndex index) : IEventHandler
{
    public const string Subscriber = "changelog";

    public string Name => Subscriber;

    public IReadOnlySet<string>? Types => ObjectIndexer.Types;

    public Interests Interests => Interests.Body;

    /// <exception cref="HandlerUnavailableException">The index or the messages don't answer now.</exception>
    public async Task HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        try
        {
            // Reading mail takes long: not on the thread of the grain that asks.
            var rows = await Task.Run(() => RowsAsync(batch, cancellation), cancellation);
            if (rows.Count > 0) await index.AddAsync(rows, cancellation);
        }
        catch (StoreUnavailableException failed)
        {
            throw new HandlerUnavailableException($"The changelog can't be written now: {failed.Message}", failed);
        }
    }

    private static async Task<List<GroupwareRow>> RowsAsync(EventBatch batch, CancellationToken cancellation)
    {
        var rows = new List<GroupwareRow>();
        foreach (var record in batch.Events)
            rows.AddRange(await ObjectIndexer.RowsOfAsync(record, (blob, c) => ReadAsync(batch, blob, c), cancellation));
        return rows;
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(EventBatch batch, BlobId blob, CancellationToken cancellation)
    {
        try
        {
            return await batch.ReadBodyAsync(blob, cancellation);
        }
        catch (BodyCorruptException)
        {
            return null;
        }
    }
}
