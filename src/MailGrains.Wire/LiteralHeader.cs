namespace MailGrains.Wire;

/// <summary>
/// The literal announced by the end of a line (RFC 9051 section 4.3, RFC 7888, literal8 of RFC 3516).
/// </summary>
/// <param name="Kind">What follows the line.</param>
/// <param name="Octets">How many octets follow.</param>
/// <param name="Length">The length of the header itself, from <c>~</c> or <c>{</c> up to and with <c>}</c>.</param>
/// <param name="IsLiteral8">True for <c>~{n}</c>.</param>
public readonly record struct LiteralHeader(LiteralKind Kind, int Octets, int Length, bool IsLiteral8)
{
    /// <summary>How many octets at the end of a line <see cref="Parse"/> needs to see.</summary>
    public const int MaxLength = 32;

    private const int MaxDigits = 10;

    /// <summary>
    /// literal = ["~"] "{" 1*DIGIT ["+"] "}" at the very end of <paramref name="line"/> (without its CRLF). Sizes above
    /// 2³¹−1 are none; with <c>+</c> they are <see cref="LiteralKind.Malformed"/>, because a payload may follow.
    /// </summary>
    public static LiteralHeader Parse(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line[^1] != '}') return default;
        var tail = line.Length > MaxLength ? line[^MaxLength..] : line;
        var open = tail.LastIndexOf((byte)'{');
        if (open < 0) return default;

        var inside = tail[(open + 1)..^1];
        var plus = !inside.IsEmpty && inside[^1] == '+';
        if (plus) inside = inside[..^1];
        if (!TryNumber(inside, out var octets)) return plus ? new LiteralHeader(LiteralKind.Malformed, 0, 0, false) : default;

        var literal8 = open > 0 && tail[open - 1] == '~';
        var kind = plus ? LiteralKind.NonSynchronizing : LiteralKind.Synchronizing;
        return new LiteralHeader(kind, octets, tail.Length - open + (literal8 ? 1 : 0), literal8);
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int octets)
    {
        octets = 0;
        if (digits.IsEmpty || digits.Length > MaxDigits) return false;
        long value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            value = value * 10 + (digit - '0');
        }

        if (value > int.MaxValue) return false;
        octets = (int)value;
        return true;
    }
}
