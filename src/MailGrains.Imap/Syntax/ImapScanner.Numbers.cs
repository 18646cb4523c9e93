using System.Collections.Immutable;
using MailGrains.Model;

namespace MailGrains.Imap.Syntax;

internal ref partial struct ImapScanner
{
    /// <summary>number = 1*DIGIT, below 2³²</summary>
    public uint Number() => (uint)Number(uint.MaxValue);

    /// <summary>nz-number = digit-nz *DIGIT, below 2³²</summary>
    public uint NonZeroNumber()
    {
        if (Peek == '0') Fail("Zero is not allowed here");
        return Number();
    }

    /// <summary>number64 = 1*DIGIT, below 2⁶³; mod-sequence-valzer of RFC 7162 is the same.</summary>
    public long Number64() => Number(long.MaxValue);

    /// <summary>mod-sequence-value of RFC 7162: 1 … 2⁶³−1</summary>
    public long ModSequence()
    {
        if (Peek == '0') Fail("Zero is not allowed here");
        return Number64();
    }

    /// <summary>Digits only, exactly <paramref name="count"/> of them.</summary>
    public int Digits(int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++)
        {
            if (!IsDigit(Peek))
            {
                Fail("Expected a digit");
                return 0;
            }

            value = value * 10 + (_data[_position++] - '0');
        }

        return value;
    }

    /// <summary>
    /// sequence-set = (seq-number / seq-range) ["," sequence-set] / "$"; seq-number = nz-number / "*" (RFC 9051 section 9)
    /// </summary>
    public NumberSet SequenceSet()
    {
        if (TryTake((byte)'$')) return NumberSet.SavedResult;
        var first = SequenceRange();
        if (Peek != ',') return new NumberSet([first]);

        var ranges = ImmutableArray.CreateBuilder<NumberRange>();
        ranges.Add(first);
        while (TryTake((byte)',')) ranges.Add(SequenceRange());
        return new NumberSet(ranges.DrainToImmutable());
    }

    /// <summary>A sequence-set without <c>*</c> and <c>$</c>: known-uids, known-sequence-set (RFC 7162 section 7).</summary>
    public NumberSet KnownSet()
    {
        var set = SequenceSet();
        if (set.IsSavedResult) Fail("$ is not allowed here");
        foreach (var range in set.Ranges)
            if (range.From == NumberRange.Star || range.To == NumberRange.Star) Fail("* is not allowed here");
        return set;
    }

    private NumberRange SequenceRange()
    {
        var from = SequenceNumber();
        return new NumberRange(from, TryTake((byte)':') ? SequenceNumber() : from);
    }

    private uint SequenceNumber() => TryTake((byte)'*') ? NumberRange.Star : NonZeroNumber();

    private long Number(long largest)
    {
        if (!IsDigit(Peek)) Fail("Expected a number");
        long value = 0;
        while (IsDigit(Peek))
        {
            var digit = _data[_position++] - '0';
            if (value > (largest - digit) / 10)
            {
                Fail("Number too large");
                return 0;
            }

            value = value * 10 + digit;
        }

        return value;
    }

    private static bool IsDigit(int c) => c is >= '0' and <= '9';
}
