using MailGrains.Storage.Events;

namespace MailGrains.Grains.Streams;

/// <summary>The storage library knows nothing of Orleans, so what it makes is converted.</summary>
[RegisterConverter]
internal sealed class EventRecordConverter : IConverter<EventRecord, EventRecordSurrogate>
{
    public EventRecord ConvertFromSurrogate(in EventRecordSurrogate surrogate) => new(
        surrogate.Partition,
        surrogate.Position,
        surrogate.Account,
        new EventWrite(surrogate.Sequence, surrogate.Type, surrogate.At, surrogate.PreviousHash, surrogate.Hash, surrogate.Payload));

    public EventRecordSurrogate ConvertToSurrogate(in EventRecord value) => new()
    {
        Partition = value.Partition,
        Position = value.Position,
        Account = value.Account,
        Sequence = value.Event.Sequence,
        Type = value.Event.Type,
        At = value.Event.At,
        PreviousHash = value.Event.PreviousHash,
        Hash = value.Event.Hash,
        Payload = value.Event.Payload,
    };
}
