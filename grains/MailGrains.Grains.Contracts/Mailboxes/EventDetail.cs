using Orleans;

namespace MailGrains.Grains.Contracts.Mailboxes;

/// <summary>One member of an event: text, or a number where there is no text.</summary>
[GenerateSerializer, Immutable]
public sealed record EventDetail([property: Id(0)] string Name, [property: Id(1)] string? Text, [property: Id(2)] long Number);
