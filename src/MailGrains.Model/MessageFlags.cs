using Orleans;

namespace MailGrains.Model;

/// <summary>
/// The flags of one message as a bit set: bits 0–4 are the system flags of RFC 9051 section 2.3.2, bit 5 + n is the
/// n-th keyword of the mailbox's <see cref="KeywordTable"/>. \Recent is a property of a session, never stored.
/// </summary>
[GenerateSerializer, Immutable]
public readonly record struct MessageFlags([property: Id(0)] ulong Low, [property: Id(1)] ulong High)
{
    public const int SystemCount = 5;

    /// <summary>How many keywords a mailbox can hold; the next one is refused with NO [LIMIT].</summary>
    public const int MaxKeywords = 128 - SystemCount;

    public static readonly MessageFlags None;
    public static readonly MessageFlags Seen = Bit(0);
    public static readonly MessageFlags Answered = Bit(1);
    public static readonly MessageFlags Flagged = Bit(2);
    public static readonly MessageFlags Deleted = Bit(3);
    public static readonly MessageFlags Draft = Bit(4);

    public static MessageFlags Bit(int bit) => bit < 64 ? new(1UL << bit, 0) : new(0, 1UL << (bit - 64));

    public static MessageFlags Keyword(int index) => Bit(SystemCount + index);

    public bool IsEmpty => (Low | High) == 0;

    /// <summary>True when every flag of <paramref name="flags"/> is set here.</summary>
    public bool Has(MessageFlags flags) => (Low & flags.Low) == flags.Low && (High & flags.High) == flags.High;

    public static MessageFlags operator |(MessageFlags a, MessageFlags b) => new(a.Low | b.Low, a.High | b.High);

    public static MessageFlags operator &(MessageFlags a, MessageFlags b) => new(a.Low & b.Low, a.High & b.High);

    /// <summary>The flags of <paramref name="a"/> that are not in <paramref name="b"/>.</summary>
    public static MessageFlags operator -(MessageFlags a, MessageFlags b) => new(a.Low & ~b.Low, a.High & ~b.High);

    public static MessageFlags Union(MessageFlags a, MessageFlags b) => a | b;

    public static MessageFlags Intersect(MessageFlags a, MessageFlags b) => a & b;

    public static MessageFlags Subtract(MessageFlags a, MessageFlags b) => a - b;
}
