using MailGrains.Mime;
using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Storage.Events;
using MailGrains.Storage.Subscribers;
using MailGrains.Subscribers;
using MailGrains.Subscribers.Delivery;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>A log, a store of positions, and deliveries between them, without a cluster.</summary>
internal sealed class DeliveryStage : IEventContents, IAsyncDisposable
{
    private readonly List<SubscriberDelivery> _deliveries = [];

    /// <param name="clock">Of the metrics.</param>
    public DeliveryStage(TimeProvider? clock = null)
    {
        Metrics = new SubscriberMetrics(this, p => Log.Store.ReadHeadAsync(CancellationToken.None).Result[p], clock ?? TimeProvider.System);
        Counted = new CountedLog(Log.Store);
    }

    public TestLog Log { get; } = new();

    /// <summary>The log as deliveries read it.</summary>
    public CountedLog Counted { get; }

    public SteeredSubscriberStore Positions { get; } = new();

    public SubscriberMetrics Metrics { get; }

    /// <summary>What deliveries make way for.</summary>
    public MailFirst? MailFirst { get; init; }

    /// <summary>The clock of the deliveries.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Dictionary<BlobId, byte[]> Contents { get; } = [];

    /// <summary>With pauses too short to notice.</summary>
    public static Subscriber Quick(IEventHandler handler) => new(handler)
    {
        FirstPause = TimeSpan.FromMicroseconds(10),
        LongestPause = TimeSpan.FromMilliseconds(1),
        MaxAttempts = 3,
        BatchSize = 10,
        Rest = TimeSpan.Zero,
    };

    public SubscriberDelivery Deliver(Subscriber subscriber, int partition = 0)
    {
        var services = new SubscriberServices(Counted, Positions, this, Metrics, Time, NullLogger<SubscriberDelivery>.Instance) { MailFirst = MailFirst };
        var delivery = new SubscriberDelivery(subscriber, partition, services);
        _deliveries.Add(delivery);
        return delivery;
    }

    public Task ReachesAsync(string subscriber, long position, int partition = 0) =>
        Eventually.EqualAsync<long?>(position, () => Positions.PositionAsync(subscriber, partition));

    public Task<IReadOnlyList<DeadLetter>> DeadAsync(string subscriber, int partition = 0) =>
        Positions.ReadDeadLettersAsync(subscriber, partition, 0, int.MaxValue, CancellationToken.None);

    public Task<ReadOnlyMemory<byte>?> ReadAsync(BlobId blob, CancellationToken cancellation) =>
        Task.FromResult(Contents.TryGetValue(blob, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?));

    public Task<MessageSummary?> ReadSummaryAsync(BlobId blob, CancellationToken cancellation) =>
        Task.FromResult(Contents.TryGetValue(blob, out var bytes) ? SummaryBuilder.Build(bytes) : default(MessageSummary?));

    /// <summary>Ends one delivery, as a deactivation does.</summary>
    public async Task EndAsync(SubscriberDelivery delivery)
    {
        _deliveries.Remove(delivery);
        await delivery.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var delivery in _deliveries) await delivery.DisposeAsync();
        _deliveries.Clear();
        Metrics.Dispose();
    }
}
