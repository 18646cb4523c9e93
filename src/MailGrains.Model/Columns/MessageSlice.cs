using Orleans;

namespace MailGrains.Model.Columns;

/// <summary>A run of entries of one page, with the sequence number its first entry has in the session that asked.</summary>
[GenerateSerializer, Immutable]
public readonly record struct MessageSlice(
    [property: Id(0)] MessagePage Page,
    [property: Id(1)] int Start,
    [property: Id(2)] int Count,
    [property: Id(3)] uint FirstSequence)
{
    public MessageRow this[int place] => new(Page, Start + place, FirstSequence + (uint)place);

    /// <summary>The slice's part of one of its page's columns.</summary>
    public ReadOnlySpan<T> Of<T>(T[] column) => column.AsSpan(Start, Count);
}
