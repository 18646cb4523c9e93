using MailGrains.Model.Summary;

namespace MailGrains.Mime.Headers;

/// <summary>quoted-string (RFC 5322 section 3.2.4).</summary>
internal static class QuotedText
{
    /// <summary>Writes what the quoted string at the start means, unfolded; one without an end ends with the text.</summary>
    /// <returns>What follows it.</returns>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> text, SummaryBuffer output)
    {
        text = text[1..];
        while (!text.IsEmpty)
        {
            var stop = text.IndexOfAny("\"\\\r\n"u8);
            if (stop < 0)
                break;
            output.Write(text[..stop]);
            var octet = text[stop];
            text = text[(stop + 1)..];
            if (octet == '"')
                return text;
            if (octet == '\\' && !text.IsEmpty)
            {
                output.WriteByte(text[0]);
                text = text[1..];
            }
        }

        output.Write(text);
        return default;
    }
}
