using MailGrains.Discovery.Documents;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using MailGrains.Subscribers;

namespace MailGrains.Compliance.Indexing;

/// <summary>
/// Puts the content of each message that comes into a mailbox into the full-text index, once however many mailboxes have it. A content that can't be read
/// is in the index as one of which nothing is known, so that searches can say so.
/// </summary>
public sealed class IndexHandler(string name, IContentIndex index) : IEventHandler
{
    /// <summary>A token no message has: it is of no script. Of contents that are in the index in part only.</summary>
    public const string PartialToken = "\uE000partial";

    public string Name => name;

    public IReadOnlySet<string>? Types { get; } = new HashSet<string>(StringComparer.Ordinal) { "MessageNew", "MessageAppend" };

    public Interests Interests => Interests.Body;

    /// <summary>
    /// Characters and octets of tokens and documents with which a transaction is full: it is held in memory, and batches of several partitions are handled at
    /// once. A message is never divided, so there may be one more.
    /// </summary>
    public int EnoughAtOnce { get; init; } = 16 << 20;

    public async Task HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        var first = 0;
        while (first < batch.Events.Count)
        {
            // What it has it leaves out, so events that come again do no harm, and bring back what is missing.
            var done = await index.ReadProgressAsync(name, batch.Partition, cancellation);

            // Reading mail takes long: not on the thread of the grain that asks.
            var (contents, next) = await Task.Run(() => ReadAsync(batch, first, cancellation), cancellation);
            var last = Math.Max(done, batch.Events[next - 1].Position);
            if (await index.ApplyAsync(new ContentBatch(name, batch.Partition, done, last, contents), cancellation)) first = next;
        }
    }

    private static ContentWrite Write(BlobId blob, DiscoveryDocument document)
    {
        var isPartial = !document.Partial.IsEmpty;
        var tokens = document.TokenText;
        if (isPartial) tokens = tokens.Length == 0 ? PartialToken : $"{tokens} {PartialToken}";
        return new ContentWrite(blob, tokens, document.Encode(), isPartial);
    }

    /// <summary>The contents of the events from <paramref name="first"/> on, as many as fit into one transaction, and the number of the next event.</summary>
    private async Task<(List<ContentWrite> Contents, int Next)> ReadAsync(EventBatch batch, int first, CancellationToken cancellation)
    {
        BlobId[][] blobs = [.. batch.Events.Skip(first).Select(e => EventBodies.Of(e.Event).ToArray())];
        HashSet<BlobId> known = [.. await index.FindPresentAsync([.. blobs.SelectMany(b => b).Distinct()], cancellation)];
        var contents = new List<ContentWrite>();
        var (next, length) = (0, 0L);
        while (next < blobs.Length && length < EnoughAtOnce)
        {
            foreach (var blob in blobs[next++].Where(known.Add))
            {
                contents.Add(Write(blob, await DocumentOfAsync(batch, blob, cancellation)));
                length += contents[^1].Tokens.Length + contents[^1].Document.Length;
            }
        }

        return (contents, first + next);
    }

    private static async Task<DiscoveryDocument> DocumentOfAsync(EventBatch batch, BlobId blob, CancellationToken cancellation)
    {
        try
        {
            return await batch.ReadBodyAsync(blob, cancellation) is { } body ? DiscoveryDocument.Extract(body) : DiscoveryDocument.Unreadable(blob);
        }
        catch (BodyCorruptException)
        {
            return DiscoveryDocument.Unreadable(blob);
        }
    }
}
