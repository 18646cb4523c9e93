using Orleans;

namespace MailGrains.Grains.Contracts.Subscribers;

/// <summary>Where a subscriber is in one partition.</summary>
/// <param name="Position">The last position whose effect is durable.</param>
/// <param name="Head">The last position of the partition.</param>
/// <param name="Trouble">What the last attempt of one that is behind failed with; null: nothing did, or it was not asked.</param>
[GenerateSerializer]
public sealed record SubscriberStatus(
    [property: Id(0)] string Subscriber,
    [property: Id(1)] int Partition,
    [property: Id(2)] long Position,
    [property: Id(3)] long Head,
    [property: Id(4)] bool Paused,
    [property: Id(5)] string? Trouble = null);
