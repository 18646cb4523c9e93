using System.Text;
using MailGrains.Mime.Search;
using MailGrains.Model.Summary;
using MimeKit;
using MimeKit.Utils;

namespace MailGrains.Mime.Headers;

/// <summary>Raw header values as text: unfolded, encoded words decoded (RFC 2047), folded for search.</summary>
internal static class HeaderText
{
    /// <summary>Octets of one field that are looked at; a field of megabytes is no text.</summary>
    public const int MaxOctets = 1024 * 1024;

    // What is decoded is stored, so it must not depend on whether anyone else asked for these charsets before.
    static HeaderText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Writes the value in one line: each folding becomes one space, surrounding blanks go.</summary>
    public static void WriteUnfolded(ReadOnlySpan<byte> value, SummaryBuffer output)
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

    /// <summary>Writes the decoded and folded text of a raw value.</summary>
    public static void WriteFolded(ReadOnlySpan<byte> value, SummaryBuffer scratch, SummaryBuffer output)
    {
        scratch.Clear();
        WriteUnfolded(value[..Math.Min(value.Length, MaxOctets)], scratch);
        var line = scratch.Written;
        if (line.IndexOf("=?"u8) >= 0)
            line = Encoding.UTF8.GetBytes(Rfc2047.DecodeText(ParserOptions.Default, line.ToArray()));
        while (!line.IsEmpty)
        {
            var folded = TextFolding.FoldUtf8(line, output.GetSpan(line.Length + TextFolding.MaxRuneOctets), out var consumed);
            output.Advance(folded);
            line = line[consumed..];
        }
    }
}
