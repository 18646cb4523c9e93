using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Grains.Streams;

/// <summary>An event between silos.</summary>
[GenerateSerializer]
[Alias("MailGrains.EventRecord")]
internal struct EventRecordSurrogate
{
    [Id(0)]
    public int Partition;

    [Id(1)]
    public long Position;

    [Id(2)]
    public AccountId Account;

    [Id(3)]
    public long Sequence;

    [Id(4)]
    public string Type;

    [Id(5)]
    public DateTimeOffset At;

    [Id(6)]
    public BlobId PreviousHash;

    [Id(7)]
    public BlobId Hash;

    [Id(8)]
    public ReadOnlyMemory<byte> Payload;
}
