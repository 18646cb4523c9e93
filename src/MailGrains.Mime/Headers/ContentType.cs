using System.Buffers;
using System.Text;

namespace MailGrains.Mime.Headers;

/// <summary>The media type of a Content-Type value (RFC 2045 section 5.1), or what stands in for it.</summary>
internal readonly ref struct ContentType
{
    // token (RFC 2045 section 5.1) without "=" and "?" and brackets, which are met in the wild and harm nobody.
    private static readonly SearchValues<byte> s_noToken = SearchValues.Create("\"\\()<>@,:"u8);

    private static readonly SearchValues<byte> s_subtypeEnd = SearchValues.Create(" \t\r\n("u8);

    /// <summary>type and subtype as written; never empty.</summary>
    public ReadOnlySpan<byte> Type { get; private init; }

    public ReadOnlySpan<byte> Subtype { get; private init; }

    /// <summary>What follows the media type.</summary>
    public ReadOnlySpan<byte> Parameters { get; private init; }

    /// <summary>The field is missing or no media type: text/plain; charset=us-ascii (RFC 2045 section 5.2).</summary>
    public bool IsDefault { get; private init; }

    public static ContentType TextPlain => new() { Type = "text"u8, Subtype = "plain"u8, IsDefault = true };

    public static ContentType Message => new() { Type = "message"u8, Subtype = "rfc822"u8 };

    public static ContentType OctetStream => new() { Type = "application"u8, Subtype = "octet-stream"u8 };

    public static ContentType Parse(ReadOnlySpan<byte> value)
    {
        value = Comments.SkipBlanks(value);
        var semicolon = value.IndexOf((byte)';');
        var media = semicolon < 0 ? value : value[..semicolon];
        var parameters = semicolon < 0 ? default : value[semicolon..];
        var slash = media.IndexOf((byte)'/');
        var type = (slash < 0 ? media : media[..slash]).Trim(" \t\r\n"u8);
        if (slash < 0)
            return WithoutSubtype(type, parameters);

        var subtype = Comments.SkipBlanks(media[(slash + 1)..]);
        var end = subtype.IndexOfAny(s_subtypeEnd);
        subtype = end < 0 ? subtype : subtype[..end];
        return IsToken(type) && IsToken(subtype)
            ? new ContentType { Type = type, Subtype = subtype, Parameters = parameters }
            : TextPlain;
    }

    /// <summary>A word alone names some kind of file, which is better saved than shown.</summary>
    private static ContentType WithoutSubtype(ReadOnlySpan<byte> type, ReadOnlySpan<byte> parameters)
    {
        if (!IsToken(type))
            return TextPlain;
        return Ascii.EqualsIgnoreCase(type, "text"u8)
            ? new ContentType { Type = "text"u8, Subtype = "plain"u8, Parameters = parameters }
            : new ContentType { Type = "application"u8, Subtype = "octet-stream"u8, Parameters = parameters };
    }

    private static bool IsToken(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= 100 && text.IndexOfAnyExceptInRange((byte)33, (byte)126) < 0 && text.IndexOfAny(s_noToken) < 0;
}
