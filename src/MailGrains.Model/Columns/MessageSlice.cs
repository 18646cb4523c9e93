using Orleans;

namespace MailGrains.Model.Columns;

/// <summary>A run of entries of one page, with the sequence number its first entry has in the session that asked.</summary>
[GenerateSerializer, Immutable]
public readonly record struct MessageSlice(
    [property: Id(0)] MessagePage Page,
    [property: Id(1)] int Start,
    [property: Id(2)] int Count,
    [property: Id(3)] uint FirstSequence);
