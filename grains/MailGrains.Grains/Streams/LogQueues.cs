using System.Globalization;
using MailGrains.Grains.Contracts.Subscribers;
using Orleans.Streams;

namespace MailGrains.Grains.Streams;

/// <summary>A queue for each partition of the log, spread evenly over the ring by which silos share them.</summary>
internal sealed class LogQueues : IConsistentRingStreamQueueMapper
{
    private readonly QueueId[] _queues;

    public LogQueues(int partitions) => _queues = [.. Enumerable.Range(0, partitions).Select(p => Queue(p, partitions))];

    public IEnumerable<QueueId> GetAllQueues() => _queues;

    public IEnumerable<QueueId> GetQueuesForRange(IRingRange range) => _queues.Where(q => range.InRange(q.GetUniformHashCode()));

    public QueueId GetQueueForStream(StreamId streamId) => _queues[SubscriberKey.Parse(streamId.GetKeyAsString()).Partition];

    public static int PartitionOf(QueueId queue) => (int)queue.GetNumericId();

    private static QueueId Queue(int partition, int partitions) =>
        QueueId.GetQueueId(LogStreams.Provider, (uint)partition, (uint)(((1UL << 32) * (ulong)partition) / (ulong)partitions));
}
