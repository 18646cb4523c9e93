using System.Text;
using MailGrains.Compliance.Indexing;
using MailGrains.Discovery.Documents;
using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Records;
using MailGrains.Subscribers;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Discovery.Tests;

/// <summary>Events into contents of the index.</summary>
public sealed class IndexHandlerTests : IEventContents
{
    private const int Events = 10;

    private readonly Dictionary<BlobId, byte[]> _bodies = [];
    private readonly InMemoryContentIndex _index = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3_000)]
    [InlineData(100_000_000)]
    public async Task However_small_its_transactions_are_every_content_is_there_once(int enough)
    {
        var handler = new IndexHandler("full-text", _index) { EnoughAtOnce = enough };
        EventRecord[] events =
            [.. Enumerable.Range(1, Events).Select(i => Arrival(i, $"number{i}")), Arrival(Events + 1, "number3"), Arrival(Events + 2, null)];

        // The second time, as after a crash, from the middle.
        await handler.HandleAsync(new EventBatch(events, redriven: false, this, Interests.Body), Cancellation);
        await handler.HandleAsync(new EventBatch(events[5..], redriven: false, this, Interests.Body), Cancellation);

        Assert.Equal(Events + 2, await _index.ReadProgressAsync("full-text", 0, Cancellation));
        Assert.Equal(new IndexCounts(Events + 1, 1), await _index.CountAsync(Cancellation));
        for (var i = 1; i <= Events; i++)
        {
            var found = Assert.Single(await _index.FindAsync(TokenQuery.Exact($"number{i}"), null, 0, 5, Cancellation));
            Assert.Equal(found.Blob, DiscoveryDocument.Decode(found.Document.Span).Sha256);
        }
    }

    /// <summary>Whatever mail is like, the next is indexed.</summary>
    [Fact]
    public async Task No_message_is_too_strange()
    {
        EventRecord[] events = [.. Corpus.All().Select((name, n) => ArrivalOf(n + 1, Corpus.Read(name))), Arrival(Corpus.All().Count + 1, "afterwards")];
        await new IndexHandler("full-text", _index).HandleAsync(new EventBatch(events, redriven: false, this, Interests.Body), Cancellation);
        Assert.Equal(events.Length, await _index.ReadProgressAsync("full-text", 0, Cancellation));
        Assert.True(_bodies.Count > 100);
        Assert.Equal(_bodies.Count, (await _index.CountAsync(Cancellation)).Contents);
        Assert.Single(await _index.FindAsync(TokenQuery.Exact("afterwards"), null, 0, 5, Cancellation));
    }

    public Task<ReadOnlyMemory<byte>?> ReadAsync(BlobId blob, CancellationToken cancellation) =>
        Task.FromResult(_bodies.TryGetValue(blob, out var body) ? body : default(ReadOnlyMemory<byte>?));

    public Task<MessageSummary?> ReadSummaryAsync(BlobId blob, CancellationToken cancellation) => throw new NotSupportedException();

    /// <param name="word">In the text of the message; null: one that is not kept.</param>
    private EventRecord Arrival(int position, string? word)
    {
        var body = Encoding.UTF8.GetBytes($"Subject: A message\r\n\r\nIts text has {word}.\r\n");
        var arrival = ArrivalOf(position, body);
        if (word is null) _bodies.Remove(BlobId.Of(body));
        return arrival;
    }

    private EventRecord ArrivalOf(int position, byte[] body)
    {
        var blob = BlobId.Of(body);
        _bodies[blob] = body;
        var payload = Encoding.UTF8.GetBytes($$"""{"type":"MessageNew","messages":[{"uid":{{position}},"blobId":"{{blob}}"}]}""");
        return new EventRecord(0, position, default, new EventWrite(position, "MessageNew", default, default, default, payload));
    }
}
