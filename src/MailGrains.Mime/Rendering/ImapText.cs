using System.Buffers;
using System.Buffers.Text;
using MailGrains.Mime.Headers;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Rendering;

/// <summary>Strings and numbers as IMAP writes them (RFC 9051 section 9).</summary>
internal static class ImapText
{
    private static readonly SearchValues<byte> s_escaped = SearchValues.Create("\"\\"u8);

    // Neither a quoted string nor a literal may hold NUL; CR and LF were unfolded, so a bare one is made a blank.
    private static readonly SearchValues<byte> s_replaced = SearchValues.Create("\r\n\0"u8);

    public static void WriteNil(SummaryBuffer output) => output.Write("NIL"u8);

    public static void WriteNumber(SummaryBuffer output, uint number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(10), out var length);
        output.Advance(length);
    }

    /// <summary>string: quoted, or a literal when it holds octets above ASCII.</summary>
    public static void WriteString(SummaryBuffer output, ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0)
        {
            WriteLiteral(output, text);
            return;
        }

        output.WriteByte((byte)'"');
        if (text.IndexOfAny(s_escaped) < 0)
        {
            WriteClean(output, text);
        }
        else
        {
            foreach (var octet in text)
            {
                if (octet is (byte)'"' or (byte)'\\')
                    output.WriteByte((byte)'\\');
                output.WriteByte(Clean(octet));
            }
        }

        output.WriteByte((byte)'"');
    }

    public static void WriteLowerCase(SummaryBuffer output, ReadOnlySpan<byte> text)
    {
        var start = output.Length;
        WriteString(output, text);
        output.ToLower(start);
    }

    private static void WriteLiteral(SummaryBuffer output, ReadOnlySpan<byte> text)
    {
        output.WriteByte((byte)'{');
        WriteNumber(output, (uint)text.Length);
        output.Write("}\r\n"u8);
        WriteClean(output, text);
    }

    private static void WriteClean(SummaryBuffer output, ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny(s_replaced) < 0)
        {
            output.Write(text);
            return;
        }

        foreach (var octet in text)
            output.WriteByte(Clean(octet));
    }

    private static byte Clean(byte octet) => octet switch
    {
        (byte)'\r' or (byte)'\n' => (byte)' ',
        0 => (byte)'?',
        _ => octet,
    };
}
