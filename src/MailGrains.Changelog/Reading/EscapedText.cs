using System.Text;

namespace MailGrains.Changelog.Reading;

/// <summary>The escapes of text values (RFC 5545 section 3.3.11, RFC 6350 section 3.4).</summary>
internal static class EscapedText
{
    public static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\')) return text.ToString();
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
                continue;
            }

            i++;
            plain.Append(text[i] is 'n' or 'N' ? '\n' : text[i]);
        }

        return plain.ToString();
    }

    /// <summary>The values between separators that are not escaped, up to <paramref name="limit"/>; what follows them is left out.</summary>
    public static List<string> Split(ReadOnlySpan<char> text, char separator, int limit)
    {
        var values = new List<string>();
        var start = 0;
        for (var i = 0; i <= text.Length && values.Count < limit; i++)
        {
            if (i < text.Length && text[i] == '\\')
            {
                i++;
                continue;
            }

            if (i < text.Length && text[i] != separator) continue;
            values.Add(Unescape(text[start..Math.Min(i, text.Length)]));
            start = i + 1;
        }

        // The text ended within an escape.
        if (start <= text.Length && values.Count < limit && text.EndsWith("\\")) values.Add(Unescape(text[start..]));
        return values;
    }
}
