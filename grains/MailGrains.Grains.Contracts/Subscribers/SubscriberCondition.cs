using Orleans;

namespace MailGrains.Grains.Contracts.Subscribers;

/// <summary>How a subscriber gets on in one partition, since the silo that serves it there took it up.</summary>
/// <param name="Trouble">What keeps it from going on: the failure of the last attempt, if none has succeeded since. Null: nothing that is known.</param>
/// <param name="LastMinute">Events handled in the last minute.</param>
/// <param name="Failures">Attempts that failed.</param>
[GenerateSerializer]
public sealed record SubscriberCondition([property: Id(0)] string? Trouble, [property: Id(1)] int LastMinute, [property: Id(2)] long Failures);
