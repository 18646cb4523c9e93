using Orleans;

namespace MailGrains.Grains.Contracts.Subscribers;

/// <summary>Where a subscriber is in one partition.</summary>
/// <param name="Position">The last position whose effect is durable; 0 when it has not started.</param>
/// <param name="Head">The last position of the partition.</param>
/// <param name="Trouble">What keeps one that is behind from going on; null: nothing that is known, or it was not asked.</param>
/// <param name="Started">False: it is in the configuration, and has no position in this partition yet.</param>
/// <param name="LagSeconds">Age of the first event that is not handled, 0 when there is none; null: it was not looked up.</param>
/// <param name="LastMinute">Events handled in the last minute; null: nobody knows, or it was not asked.</param>
/// <param name="Failures">Attempts that failed since its silo took it up; null: nobody knows, or it was not asked.</param>
[GenerateSerializer]
public sealed record SubscriberStatus(
    [property: Id(0)] string Subscriber,
    [property: Id(1)] int Partition,
    [property: Id(2)] long Position,
    [property: Id(3)] long Head,
    [property: Id(4)] bool Paused,
    [property: Id(5)] string? Trouble = null,
    [property: Id(6)] bool Started = true,
    [property: Id(7)] double? LagSeconds = null,
    [property: Id(8)] int? LastMinute = null,
    [property: Id(9)] long? Failures = null);
