using Orleans.Streams;

namespace MailGrains.Grains.Streams;

/// <summary>
/// The last batches of a partition, for subscribers that are not ready for them at once. It never holds up the reading: when it is full the oldest batch is
/// forgotten, and whoever had not got it reads the log.
/// </summary>
internal sealed class LogCache : IQueueCache
{
    /// <summary>Batches for each subscriber.</summary>
    private const int Kept = 16;

    private readonly Dictionary<StreamId, LinkedList<LogBatch>> _streams = [];

    public int GetMaxAddCount() => int.MaxValue;

    public bool IsUnderPressure() => false;

    public void AddToCache(IList<IBatchContainer> messages)
    {
        foreach (var batch in messages.Cast<LogBatch>())
        {
            var batches = BatchesOf(batch.StreamId);
            batches.AddLast(batch);
            if (batches.Count > Kept) batches.RemoveFirst();
        }
    }

    public bool TryPurgeFromCache(out IList<IBatchContainer> purgedItems)
    {
        purgedItems = [];
        return false;
    }

    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token) => new LogCursor(this, streamId, (token?.SequenceNumber ?? 0) - 1);

    /// <summary>The first batch that ends behind a position; those before it are not needed any more.</summary>
    public LogBatch? After(StreamId stream, long position)
    {
        var batches = BatchesOf(stream);
        while (batches.First is { } first && first.Value.LastPosition <= position) batches.RemoveFirst();
        return batches.First?.Value;
    }

    private LinkedList<LogBatch> BatchesOf(StreamId stream)
    {
        if (!_streams.TryGetValue(stream, out var batches)) _streams[stream] = batches = new LinkedList<LogBatch>();
        return batches;
    }
}
