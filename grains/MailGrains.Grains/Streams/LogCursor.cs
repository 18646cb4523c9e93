using Orleans.Streams;

namespace MailGrains.Grains.Streams;

/// <summary>Where the delivery to one subscriber is in the cache. A stream has one.</summary>
/// <param name="position">Batches up to it are passed over.</param>
internal sealed class LogCursor(LogCache cache, StreamId stream, long position) : IQueueCacheCursor
{
    private LogBatch? _current;

    public IBatchContainer GetCurrent(out Exception? exception)
    {
        exception = null;
        return _current!;
    }

    public bool MoveNext()
    {
        _current = cache.After(stream, _current?.LastPosition ?? position);
        return _current is not null;
    }

    public void Refresh(StreamSequenceToken token)
    {
        // Every look is a fresh one.
    }

    /// <summary>The next batch goes out; the subscriber finds the gap and reads the log.</summary>
    public void RecordDeliveryFailure()
    {
    }

    public void Dispose()
    {
    }
}
