using Orleans;

namespace MailGrains.Model.Columns;

/// <summary>
/// The index entries of the messages whose UIDs fall into one block of <see cref="Span"/> consecutive UIDs, as columns in
/// ascending UID order. Immutable: a change makes a new page that shares the columns it did not touch. Pages are the unit
/// in which a folder's index is stored, held, compared and sent.
/// </summary>
[GenerateSerializer, Immutable]
public sealed class MessagePage
{
    /// <summary>Page n covers the UIDs n·Span … n·Span + Span − 1. Part of the persisted format.</summary>
    public const int Span = 128;

    [Id(0)] public required int Number { get; init; }

    [Id(1)] public required uint[] Uids { get; init; }

    [Id(2)] public required MessageFlags[] Flags { get; init; }

    /// <summary>MODSEQ of each message (RFC 7162).</summary>
    [Id(3)] public required long[] ModSeqs { get; init; }

    /// <summary>INTERNALDATE in seconds since 1970, UTC.</summary>
    [Id(4)] public required long[] InternalDates { get; init; }

    /// <summary>SAVEDATE (RFC 8514) in seconds since 1970, UTC.</summary>
    [Id(5)] public required uint[] SaveDates { get; init; }

    /// <summary>RFC822.SIZE in octets.</summary>
    [Id(6)] public required uint[] Sizes { get; init; }

    /// <summary><see cref="EmailId"/> of each message.</summary>
    [Id(7)] public required long[] EmailIds { get; init; }

    public int Count => Uids.Length;

    public static int NumberOf(uint uid) => (int)(uid / Span);

    /// <summary>The index of <paramref name="uid"/> in the columns, or the complement of where it would stand.</summary>
    public int Find(uint uid) => Array.BinarySearch(Uids, uid);
}
