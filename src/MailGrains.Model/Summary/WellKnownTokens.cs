namespace MailGrains.Model.Summary;

/// <summary>
/// Media types and charsets that a part record names by one byte. Order is part of the stored format; add at the end
/// with a new summary version only.
/// </summary>
internal static class WellKnownTokens
{
    private static readonly byte[][] s_tokens =
    [
        [],
        "text/plain"u8.ToArray(),
        "text/html"u8.ToArray(),
        "text/calendar"u8.ToArray(),
        "multipart/mixed"u8.ToArray(),
        "multipart/alternative"u8.ToArray(),
        "multipart/related"u8.ToArray(),
        "multipart/signed"u8.ToArray(),
        "multipart/report"u8.ToArray(),
        "multipart/digest"u8.ToArray(),
        "message/rfc822"u8.ToArray(),
        "message/delivery-status"u8.ToArray(),
        "application/octet-stream"u8.ToArray(),
        "application/pdf"u8.ToArray(),
        "image/jpeg"u8.ToArray(),
        "image/png"u8.ToArray(),
        "image/gif"u8.ToArray(),
        "us-ascii"u8.ToArray(),
        "utf-8"u8.ToArray(),
        "iso-8859-1"u8.ToArray(),
        "iso-8859-15"u8.ToArray(),
        "windows-1252"u8.ToArray(),
        "iso-2022-jp"u8.ToArray(),
        "gb2312"u8.ToArray(),
        "koi8-r"u8.ToArray(),
        "windows-1251"u8.ToArray(),
    ];

    /// <summary>Written instead of a code when the token follows, with its length.</summary>
    public const byte Spelled = 0xFF;

    public static byte CodeOf(ReadOnlySpan<byte> token)
    {
        for (var i = 0; i < s_tokens.Length; i++)
        {
            if (token.SequenceEqual(s_tokens[i]))
                return (byte)i;
        }

        return Spelled;
    }

    public static ReadOnlySpan<byte> Token(byte code) =>
        code < s_tokens.Length ? s_tokens[code] : throw new InvalidDataException($"A message summary names token {code}.");
}
