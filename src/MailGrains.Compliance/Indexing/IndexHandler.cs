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

    public async Task HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        while (true)
        {
            // What it has it leaves out, so events that come again do no harm, and bring back what is missing.
            var done = await index.ReadProgressAsync(name, batch.Partition, cancellation);
            var last = Math.Max(done, batch.Events[^1].Position);

            // Reading mail takes long: not on the thread of the grain that asks.
            var contents = await Task.Run(() => ReadAsync(batch, cancellation), cancellation);
            if (await index.ApplyAsync(new ContentBatch(name, batch.Partition, done, last, contents), cancellation)) return;
        }
    }

    private static ContentWrite Write(BlobId blob, DiscoveryDocument document)
    {
        var isPartial = !document.Partial.IsEmpty;
        var tokens = document.TokenText;
        if (isPartial) tokens = tokens.Length == 0 ? PartialToken : $"{tokens} {PartialToken}";
        return new ContentWrite(blob, tokens, document.Encode(), isPartial);
    }

    private async Task<List<ContentWrite>> ReadAsync(EventBatch batch, CancellationToken cancellation)
    {
        BlobId[] blobs = [.. batch.Events.SelectMany(e => EventBodies.Of(e.Event)).Distinct()];
        var known = await index.ReadAsync(blobs, cancellation);
        var contents = new List<ContentWrite>();
        for (var i = 0; i < blobs.Length; i++)
        {
            if (known[i] is null) contents.Add(Write(blobs[i], await DocumentOfAsync(batch, blobs[i], cancellation)));
        }

        return contents;
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
