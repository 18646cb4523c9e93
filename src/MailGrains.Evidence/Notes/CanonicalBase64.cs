namespace MailGrains.Evidence.Notes;

/// <summary>Base 64 (RFC 4648 section 4) with exactly one text for the same octets: padded, no white space, unused bits zero.</summary>
internal static class CanonicalBase64
{
    /// <summary>Null when the text is not the one, or is longer than <paramref name="octets"/> need.</summary>
    public static byte[]? TryDecode(ReadOnlySpan<char> text, int octets)
    {
        if (text.IsEmpty || text.Length > (octets + 2) / 3 * 4 || text.Length % 4 != 0) return null;
        var buffer = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(text, buffer, out var length) || length > octets) return null;
        return text.SequenceEqual(Convert.ToBase64String(buffer, 0, length)) ? buffer[..length] : null;
    }
}
