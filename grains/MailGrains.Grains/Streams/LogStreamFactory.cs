using MailGrains.Storage.Events;
using MailGrains.Subscribers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace MailGrains.Grains.Streams;

/// <summary>
/// The log as a stream provider. It only delivers: what the log has is the truth, and subscribers that miss a batch read it there. Nothing is published
/// through it, because events are written with the changes they tell of.
/// </summary>
internal sealed class LogStreamFactory(IEventLog log, LogTail tail, SubscriberSet subscribers, TimeProvider time)
    : IQueueAdapterFactory, IQueueAdapter, IQueueAdapterCache
{
    private readonly LogQueues _queues = new(log.Partitions);

    public string Name => LogStreams.Provider;

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadOnly;

    public static IQueueAdapterFactory Create(IServiceProvider services, string name) => ActivatorUtilities.CreateInstance<LogStreamFactory>(services);

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IStreamQueueMapper GetStreamQueueMapper() => _queues;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler());

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => new LogReceiver(LogQueues.PartitionOf(queueId), log, tail, subscribers, time);

    public IQueueCache CreateQueueCache(QueueId queueId) => new LogCache();

    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext) =>
        throw new NotSupportedException("Events are written to the log, in the transaction of the change.");
}
