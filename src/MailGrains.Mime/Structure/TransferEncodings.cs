using System.Buffers;
using System.Text;
using MailGrains.Mime.Headers;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Structure;

/// <summary>Content-Transfer-Encoding's mechanism (RFC 2045 section 6.1).</summary>
internal static class TransferEncodings
{
    private static readonly SearchValues<byte> s_end = SearchValues.Create(" \t\r\n(;"u8);

    /// <summary>The mechanism's name as written, without comments; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> value)
    {
        value = Comments.SkipBlanks(value);
        var end = value.IndexOfAny(s_end);
        return end < 0 ? value : value[..end];
    }

    public static TransferEncoding Parse(ReadOnlySpan<byte> value)
    {
        var name = Name(value);
        return name.Length switch
        {
            0 => TransferEncoding.SevenBit,
            4 when Ascii.EqualsIgnoreCase(name, "7bit"u8) => TransferEncoding.SevenBit,
            4 when Ascii.EqualsIgnoreCase(name, "8bit"u8) => TransferEncoding.EightBit,
            6 when Ascii.EqualsIgnoreCase(name, "base64"u8) => TransferEncoding.Base64,
            6 when Ascii.EqualsIgnoreCase(name, "binary"u8) => TransferEncoding.Binary,
            16 when Ascii.EqualsIgnoreCase(name, "quoted-printable"u8) => TransferEncoding.QuotedPrintable,
            _ => TransferEncoding.Unknown,
        };
    }
}
