using Orleans;

namespace MailGrains.Grains.Contracts.Subscribers;

/// <summary>An event that a subscriber passed over.</summary>
[GenerateSerializer]
public sealed record DeadLetterStatus(
    [property: Id(0)] int Partition,
    [property: Id(1)] long Position,
    [property: Id(2)] int Attempts,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] string Error);
