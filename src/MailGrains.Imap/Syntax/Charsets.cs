using System.Text;

namespace MailGrains.Imap.Syntax;

/// <summary>The charsets SEARCH accepts (RFC 9051 section 6.4.4).</summary>
internal static class Charsets
{
    /// <summary>Those named in BADCHARSET; the code pages of the platform are accepted as well.</summary>
    public static readonly string[] Listed =
        ["US-ASCII", "UTF-8", "ISO-8859-1", "ISO-8859-2", "ISO-8859-15", "WINDOWS-1251", "WINDOWS-1252", "KOI8-R"];

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null for UTF-8 and its subset US-ASCII, which need no conversion; false for a charset nobody knows.</summary>
    public static bool TryGet(string name, out Encoding? encoding)
    {
        encoding = null;
        if (name.Equals("UTF-8", StringComparison.OrdinalIgnoreCase)) return true;
        if (name.Equals("US-ASCII", StringComparison.OrdinalIgnoreCase)) return true;
        if (name.StartsWith("UTF-7", StringComparison.OrdinalIgnoreCase) || name.Length > 40) return false;
        encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Platform(name);
        return encoding is not null;
    }

    /// <summary>The text of UTF-8 octets, or null when they are none.</summary>
    public static string? Utf8(ReadOnlySpan<byte> octets)
    {
        if (Ascii.IsValid(octets)) return Encoding.ASCII.GetString(octets);
        return System.Text.Unicode.Utf8.IsValid(octets) ? StrictUtf8.GetString(octets) : null;
    }

    private static Encoding? Platform(string name)
    {
        foreach (var known in Encoding.GetEncodings())
            if (known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return known.GetEncoding();
        return name.Equals("latin1", StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1 : null;
    }
}
