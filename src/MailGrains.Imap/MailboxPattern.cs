namespace MailGrains.Imap;

/// <summary>
/// A LIST pattern (RFC 9051 section 6.3.9): <c>*</c> matches anything, <c>%</c> anything without a hierarchy delimiter. INBOX matches in any case.
/// All ways through the pattern are gone at once, a bit for each place in it, so that a name takes name × pattern / 64 steps, whatever the
/// wildcards: going back to the last <c>%</c> for every place of the last <c>*</c> took the square of the name.
/// </summary>
public sealed class MailboxPattern
{
    private readonly char _delimiter;

    /// <summary>What has to be there, in order, without the wildcards.</summary>
    private readonly string _literals;

    /// <summary>Before which literal anything may be, and anything but a delimiter; the place behind the last is one too.</summary>
    private readonly ulong[] _anything;
    private readonly ulong[] _level;

    /// <summary>Where in the literals a character is; made when a name is long enough to match.</summary>
    private Dictionary<char, ulong[]>? _places;

    public MailboxPattern(string pattern, char delimiter)
    {
        _delimiter = delimiter;
        _literals = string.Concat(pattern.Where(c => c is not ('*' or '%')));
        _anything = Bits();
        _level = Bits();
        var place = 0;
        foreach (var c in pattern)
        {
            if (c == '*') Set(_anything, place);
            else if (c == '%') Set(_level, place);
            else place++;
        }
    }

    public bool Matches(ReadOnlySpan<char> name)
    {
        if (name.Length < _literals.Length) return false;
        return Matches(name, name.Equals(MailboxName.InboxName, StringComparison.OrdinalIgnoreCase));
    }

    private bool Matches(ReadOnlySpan<char> name, bool ignoreCase)
    {
        var places = _places ??= Places();
        Span<ulong> reached = _anything.Length <= 32 ? stackalloc ulong[_anything.Length] : new ulong[_anything.Length];
        reached[0] = 1;
        foreach (var c in name)
        {
            var here = places.GetValueOrDefault(ignoreCase ? char.ToUpperInvariant(c) : c);
            var lower = ignoreCase ? places.GetValueOrDefault(char.ToLowerInvariant(c)) : null;
            if (!Step(reached, here, lower, isDelimiter: c == _delimiter)) return false;
        }

        return IsSet(reached, _literals.Length);
    }

    /// <summary>One character of the name: over a literal to the next place, or on the spot where a wildcard takes it. False when no way goes on.</summary>
    private bool Step(Span<ulong> reached, ulong[]? here, ulong[]? lower, bool isDelimiter)
    {
        ulong carry = 0, any = 0;
        for (var word = 0; word < reached.Length; word++)
        {
            var at = reached[word];
            var over = at & ((here is null ? 0 : here[word]) | (lower is null ? 0 : lower[word]));
            var stays = at & (isDelimiter ? _anything[word] : _anything[word] | _level[word]);
            reached[word] = stays | (over << 1) | carry;
            carry = over >> 63;
            any |= reached[word];
        }

        return any != 0;
    }

    private Dictionary<char, ulong[]> Places()
    {
        var places = new Dictionary<char, ulong[]>();
        for (var place = 0; place < _literals.Length; place++)
        {
            if (!places.TryGetValue(_literals[place], out var bits)) places[_literals[place]] = bits = Bits();
            Set(bits, place);
        }

        return places;
    }

    /// <summary>Room for a bit at each literal and behind the last.</summary>
    private ulong[] Bits() => new ulong[(_literals.Length / 64) + 1];

    private static void Set(ulong[] bits, int place) => bits[place / 64] |= 1UL << (place % 64);

    private static bool IsSet(ReadOnlySpan<ulong> bits, int place) => (bits[place / 64] >> (place % 64) & 1) == 1;
}
