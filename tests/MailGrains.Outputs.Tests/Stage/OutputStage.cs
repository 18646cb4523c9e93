using System.Text.Json.Nodes;
using MailGrains.Mime;
using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Subscribers;
using MailGrains.Subscribers;
using MailGrains.Subscribers.Delivery;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MailGrains.Outputs.Tests.Stage;

/// <summary>A log with one partition, deliveries from it, and a clock for their pauses that goes only while something is waited for.</summary>
internal sealed class OutputStage : IEventContents, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly List<SubscriberDelivery> _deliveries = [];
    private readonly InMemoryMailboxStore _log = new(partitions: 1);
    private readonly InMemorySubscriberStore _positions = new();
    private readonly SubscriberMetrics _metrics;
    private MailboxClaim? _mailbox;
    private long _sequence;

    public OutputStage() => _metrics = new SubscriberMetrics(this, _ => _sequence, Clock);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public Dictionary<BlobId, byte[]> Contents { get; } = [];

    /// <summary>Writes events with ids of their own; returns those.</summary>
    public async Task<IReadOnlyList<string>> WriteAsync(params IEnumerable<JsonObject> payloads)
    {
        _mailbox ??= await _log.ClaimAsync(SampleEvents.Account, CancellationToken.None);
        var events = payloads.Select(payload =>
        {
            payload["id"] = Guid.NewGuid().ToString();
            return SampleEvents.Record(payload, ++_sequence).Event;
        }).ToArray();
        var commit = new MailboxCommit { Account = _mailbox.Account, Epoch = _mailbox.Epoch, Head = _mailbox.Head, Events = events };
        Assert.Equal([CommitOutcome.Committed], await _log.CommitAsync([commit], CancellationToken.None));
        foreach (var delivery in _deliveries) delivery.Wake();
        return [.. events.Select(e => (string)JsonNode.Parse(e.Payload.Span)!["id"]!)];
    }

    public Task<IReadOnlyList<string>> WriteAsync(string type, int count) =>
        WriteAsync(Enumerable.Range(0, count).Select(_ => SampleEvents.Payload(type)));

    public SubscriberDelivery Deliver(IEventHandler handler, int batchSize = 10, int maxAttempts = 3)
    {
        var subscriber = new Subscriber(handler) { BatchSize = batchSize, MaxAttempts = maxAttempts };
        var services = new SubscriberServices(_log, _positions, this, _metrics, Clock, NullLogger<SubscriberDelivery>.Instance);
        var delivery = new SubscriberDelivery(subscriber, 0, services);
        _deliveries.Add(delivery);
        return delivery;
    }

    /// <summary>Hands all events over at once, as a delivery would.</summary>
    public async Task HandleAsync(IEventHandler handler)
    {
        var events = await _log.ReadAsync(0, 0, int.MaxValue, CancellationToken.None);
        await handler.HandleAsync(new EventBatch(events, redriven: false, this, handler.Interests), CancellationToken.None);
    }

    public async Task<long> PositionAsync(string subscriber) =>
        (await _positions.FindSubscriberAsync(subscriber, 0, CancellationToken.None))?.Position ?? 0;

    public Task<IReadOnlyList<DeadLetter>> DeadAsync(string subscriber) =>
        _positions.ReadDeadLettersAsync(subscriber, 0, 0, int.MaxValue, CancellationToken.None);

    /// <summary>
    /// Lets an hour go by in which events are written, and a subscriber tries again and again and comes no further. Returns the ids of the events.
    /// </summary>
    public async Task<IReadOnlyList<string>> FailsForAnHourAsync(SubscriberDelivery delivery)
    {
        var (ids, position, end) = (new List<string>(), delivery.Position, Clock.GetUtcNow().AddHours(1));
        while (Clock.GetUtcNow() < end)
        {
            ids.AddRange(await WriteAsync("MessageNew", 5));
            var failures = delivery.Progress.Failures;
            await UntilAsync(() => Task.FromResult(delivery.Progress.Failures > failures));
            Clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(position ?? 0, delivery.Position);
        return ids;
    }

    /// <summary>Lets the clock go until the subscriber has passed over all events.</summary>
    public Task CatchesUpAsync(string subscriber) => UntilAsync(async () => await PositionAsync(subscriber) == _sequence);

    /// <summary>Lets the clock go until something is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            Assert.False(limit.IsCancellationRequested, $"Not so after {Patience}.");
            Clock.Advance(Tick);
            await Task.Yield();
        }
    }

    public Task<ReadOnlyMemory<byte>?> ReadAsync(BlobId blob, CancellationToken cancellation) =>
        Task.FromResult(Contents.TryGetValue(blob, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?));

    public Task<MessageSummary?> ReadSummaryAsync(BlobId blob, CancellationToken cancellation) =>
        Task.FromResult(Contents.TryGetValue(blob, out var bytes) ? SummaryBuilder.Build(bytes) : default(MessageSummary?));

    public async ValueTask DisposeAsync()
    {
        foreach (var delivery in _deliveries) await delivery.DisposeAsync();
        _metrics.Dispose();
    }
}
