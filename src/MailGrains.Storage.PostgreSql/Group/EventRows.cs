using MailGrains.Storage.Events;
using MailGrains.Storage.Relational.Group;

namespace MailGrains.Storage.PostgreSql.Group;

/// <summary>The events of a group, in its order.</summary>
internal sealed class EventRows
{
    private readonly List<int> _partitions;
    private readonly List<long> _sequences, _times;
    private readonly List<string?> _types;
    private readonly List<ReadOnlyMemory<byte>> _previous, _hashes, _payloads;

    public EventRows()
    {
        _partitions = Statement.Integers();
        _sequences = Statement.Bigints();
        _times = Statement.Bigints();
        _types = Statement.Texts();
        _previous = Statement.Bytes();
        _hashes = Statement.Bytes();
        _payloads = Statement.Bytes();
    }

    public SetStatement Statement { get; } = new("AddEvents");

    public void Add(Owner owner, int partition, EventWrite write, ByteArena arena)
    {
        Statement.Own(owner);
        _partitions.Add(partition);
        _sequences.Add(write.Sequence);
        _times.Add(EventHash.Microseconds(write.At));
        _types.Add(write.Type);
        _previous.Add(arena.Encode(write.PreviousHash));
        _hashes.Add(arena.Encode(write.Hash));
        _payloads.Add(write.Payload);
    }
}
