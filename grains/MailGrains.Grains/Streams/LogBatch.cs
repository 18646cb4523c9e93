using MailGrains.Storage.Events;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace MailGrains.Grains.Streams;

/// <summary>Events on their way to one subscriber. Those to others have the same list.</summary>
[GenerateSerializer]
[Immutable]
[Alias("MailGrains.LogBatch")]
internal sealed class LogBatch(string key, EventRecord[] events) : IBatchContainer
{
    [Id(0)]
    private readonly string _key = key;

    [Id(1)]
    private readonly EventRecord[] _events = events;

    public StreamId StreamId => StreamId.Create(LogStreams.Namespace, _key);

    /// <summary>The last position: batches of a stream are ordered by it.</summary>
    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(LastPosition);

    public long LastPosition => _events[^1].Position;

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        _events.OfType<T>().Select((e, i) => Tuple.Create<T, StreamSequenceToken>(e, new EventSequenceTokenV2(LastPosition, i)));

    public bool ImportRequestContext() => false;
}
