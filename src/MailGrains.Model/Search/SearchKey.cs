using System.Collections.Immutable;
using Orleans;

namespace MailGrains.Model.Search;

/// <summary>
/// A search criterion (RFC 9051 section 6.4.4, with RFC 5032 WITHIN, RFC 7162 MODSEQ, RFC 8474 OBJECTID and RFC 8514
/// SAVEDATE). Who builds a tree keeps it at most <see cref="MaxDepth"/> deep, so that walking it may recurse.
/// Strings are Unicode: the charset of the command has been decoded.
/// </summary>
[GenerateSerializer, Immutable]
public abstract record SearchKey
{
    public const int MaxDepth = 100;

    private protected SearchKey()
    {
    }

    [GenerateSerializer, Immutable]
    public sealed record All : SearchKey;

    [GenerateSerializer, Immutable]
    public sealed record And([property: Id(0)] ImmutableArray<SearchKey> Keys) : SearchKey;

    [GenerateSerializer, Immutable]
    public sealed record Or([property: Id(0)] SearchKey Left, [property: Id(1)] SearchKey Right) : SearchKey;

    [GenerateSerializer, Immutable]
    public sealed record Not([property: Id(0)] SearchKey Key) : SearchKey;

    /// <summary>A sequence-set, or <c>UID</c> and a set; either may be <c>$</c>.</summary>
    [GenerateSerializer, Immutable]
    public sealed record Numbers([property: Id(0)] NumberSet Set, [property: Id(1)] bool ByUid) : SearchKey;

    /// <summary>A system flag or keyword that is set (or, with Not around it, unset): ANSWERED, KEYWORD x, UNSEEN …</summary>
    [GenerateSerializer, Immutable]
    public sealed record Flag([property: Id(0)] string Name) : SearchKey;

    /// <summary>RECENT: true of messages that are \Recent in the asking session.</summary>
    [GenerateSerializer, Immutable]
    public sealed record Recent : SearchKey;

    /// <summary>BEFORE, ON, SINCE and their SENT… and SAVED… forms; dates disregard time and time zone.</summary>
    [GenerateSerializer, Immutable]
    public sealed record Date([property: Id(0)] SearchDate Of, [property: Id(1)] DateRelation Relation, [property: Id(2)] DateOnly Day) : SearchKey;

    /// <summary>OLDER (<paramref name="Older"/>) or YOUNGER than so many seconds (RFC 5032).</summary>
    [GenerateSerializer, Immutable]
    public sealed record Within([property: Id(0)] bool Older, [property: Id(1)] uint Seconds) : SearchKey;

    [GenerateSerializer, Immutable]
    public sealed record Larger([property: Id(0)] long Octets) : SearchKey;

    [GenerateSerializer, Immutable]
    public sealed record Smaller([property: Id(0)] long Octets) : SearchKey;

    /// <summary>HEADER, BCC, CC, FROM, SUBJECT, TO. An empty value asks only that the field is there.</summary>
    [GenerateSerializer, Immutable]
    public sealed record Header([property: Id(0)] string Field, [property: Id(1)] string Value) : SearchKey;

    [GenerateSerializer, Immutable]
    public sealed record Body([property: Id(0)] string Value) : SearchKey;

    [GenerateSerializer, Immutable]
    public sealed record Text([property: Id(0)] string Value) : SearchKey;

    /// <summary>MODSEQ n: changed at or after n (RFC 7162 section 3.1.5).</summary>
    [GenerateSerializer, Immutable]
    public sealed record ChangedSince([property: Id(0)] long ModSeq) : SearchKey;

    /// <summary>EMAILID as the client wrote it.</summary>
    [GenerateSerializer, Immutable]
    public sealed record EmailIdIs([property: Id(0)] string ObjectId) : SearchKey;

    /// <summary>THREADID as the client wrote it.</summary>
    [GenerateSerializer, Immutable]
    public sealed record ThreadIdIs([property: Id(0)] string ObjectId) : SearchKey;

    /// <summary>SAVEDATESUPPORTED: true of every message here.</summary>
    [GenerateSerializer, Immutable]
    public sealed record SaveDateSupported : SearchKey;
}
