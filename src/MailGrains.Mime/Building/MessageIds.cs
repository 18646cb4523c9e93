namespace MailGrains.Mime.Building;

/// <summary>
/// Hashes of message ids for threading: FNV-1a, 64 bits, of the octets between the angle brackets. Who forges an id that
/// collides gains nothing that a forged References field would not give.
/// </summary>
internal static class MessageIds
{
    /// <summary>Of a longer list the end, where the nearest ancestors are.</summary>
    private const int MaxOctets = 64 * 1024;

    /// <summary>The id in the first brackets, or else the whole value; 0 for an empty one.</summary>
    public static ulong HashOfFirst(ReadOnlySpan<byte> value)
    {
        var hash = HashOfFirstBracketed(value);
        if (hash != 0)
            return hash;
        var text = value.Trim(" \t\r\n"u8);
        return text.IsEmpty ? 0 : Hash(text);
    }

    /// <summary>The id in the first brackets, or 0.</summary>
    public static ulong HashOfFirstBracketed(ReadOnlySpan<byte> value) => TryNext(ref value, out var id) ? Hash(id) : 0;

    /// <summary>Adds all bracketed ids in their order; of more than fit, the last ones stay.</summary>
    /// <returns>The new count.</returns>
    public static int HashLast(ReadOnlySpan<byte> value, Span<ulong> hashes, int count)
    {
        value = value[Math.Max(0, value.Length - MaxOctets)..];
        while (TryNext(ref value, out var id))
        {
            if (count == hashes.Length)
            {
                hashes[1..].CopyTo(hashes);
                count--;
            }

            hashes[count++] = Hash(id);
        }

        return count;
    }

    /// <summary>Takes the next id in brackets off the value.</summary>
    public static bool TryNext(ref ReadOnlySpan<byte> value, out ReadOnlySpan<byte> id)
    {
        while (true)
        {
            var open = value.IndexOf((byte)'<');
            var close = open < 0 ? -1 : value[open..].IndexOf((byte)'>');
            if (close < 0)
            {
                id = default;
                return false;
            }

            id = value[(open + 1)..(open + close)].Trim(" \t\r\n"u8);
            value = value[(open + close + 1)..];
            if (!id.IsEmpty)
                return true;
        }
    }

    private static ulong Hash(ReadOnlySpan<byte> id)
    {
        var hash = 14695981039346656037UL;
        foreach (var octet in id)
            hash = (hash ^ octet) * 1099511628211UL;
        return hash == 0 ? 1 : hash;
    }
}
