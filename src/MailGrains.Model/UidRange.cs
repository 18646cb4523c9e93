using Orleans;

namespace MailGrains.Model;

/// <summary>An inclusive range of numbers, First ≤ Last.</summary>
[GenerateSerializer, Immutable]
public readonly record struct UidRange([property: Id(0)] uint First, [property: Id(1)] uint Last);
