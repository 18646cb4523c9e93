using System.Text;
using MailGrains.Mime.Search;
using MailGrains.Model.Summary;
using MimeKit;
using MimeKit.Utils;

namespace MailGrains.Mime.Headers;

/// <summary>Raw header values as text: unfolded, encoded words decoded (RFC 2047), for search folded besides.</summary>
public static class HeaderText
{
    /// <summary>Octets of one field that are looked at; a field of megabytes is no text.</summary>
    public const int MaxOctets = 1024 * 1024;

    // What is decoded is stored, so it must not depend on whether anyone else asked for these charsets before.
    static HeaderText() => CharsetText.Register();

    /// <summary>Writes the value in one line: each folding becomes one space, surrounding blanks go.</summary>
    internal static void WriteUnfolded(ReadOnlySpan<byte> value, SummaryBuffer output)
    {
        value = value.Trim(" \t\r\n"u8);
        for (int lineEnd; (lineEnd = value.IndexOf((byte)'\n')) >= 0;)
        {
            output.Write(value[..lineEnd].TrimEnd((byte)'\r'));
            output.WriteByte((byte)' ');
            value = value[(lineEnd + 1)..].TrimStart(" \t"u8);
        }

        output.Write(value);
    }

    /// <summary>The decoded text of a raw value. Octets that are no UTF-8 count as windows-1252.</summary>
    public static string Decode(ReadOnlySpan<byte> value)
    {
        value = value.Trim(" \t\r\n"u8);
        if (value.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0 && value.IndexOfAny("\n="u8) < 0)
            return Encoding.ASCII.GetString(value);
        var scratch = new SummaryBuffer(Math.Min(value.Length, MaxOctets) + 1);
        WriteUnfolded(value[..Math.Min(value.Length, MaxOctets)], scratch);
        return scratch.Written.IndexOf("=?"u8) >= 0 ? DecodeWords(scratch.Written) : CharsetText.DecodeUtf8(scratch.Written);
    }

    /// <summary>Writes the decoded and folded text of a raw value.</summary>
    internal static void WriteFolded(ReadOnlySpan<byte> value, SummaryBuffer scratch, SummaryBuffer output)
    {
        scratch.Clear();
        WriteUnfolded(value[..Math.Min(value.Length, MaxOctets)], scratch);
        var line = scratch.Written;
        if (line.IndexOf("=?"u8) >= 0)
            line = Encoding.UTF8.GetBytes(DecodeWords(line));
        while (!line.IsEmpty)
        {
            var folded = TextFolding.FoldUtf8(line, output.GetSpan(line.Length + TextFolding.MaxRuneOctets), out var consumed);
            output.Advance(folded);
            line = line[consumed..];
        }
    }

    private static string DecodeWords(ReadOnlySpan<byte> line) => Rfc2047.DecodeText(ParserOptions.Default, line.ToArray());
}
