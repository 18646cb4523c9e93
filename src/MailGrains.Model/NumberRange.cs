using Orleans;

namespace MailGrains.Model;

/// <summary>
/// One range of a sequence-set (RFC 9051 section 9, seq-range) as the client wrote it: either end may be
/// <see cref="Star"/>, and <c>9:3</c> means the same as <c>3:9</c>.
/// </summary>
[GenerateSerializer, Immutable]
public readonly record struct NumberRange([property: Id(0)] uint From, [property: Id(1)] uint To)
{
    /// <summary><c>*</c>, the largest number in use. No message has number 0, so 0 stands for it.</summary>
    public const uint Star = 0;

    /// <summary>The range with <c>*</c> replaced by <paramref name="largest"/> and its ends in order.</summary>
    public (uint First, uint Last) Resolve(uint largest)
    {
        var from = From == Star ? largest : From;
        var to = To == Star ? largest : To;
        return from <= to ? (from, to) : (to, from);
    }
}
