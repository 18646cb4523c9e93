using System.Text;
using System.Text.RegularExpressions;

namespace MailGrains.Changelog.Objects;

/// <summary>The text of a part: by its byte order mark, else the charset of its header, else that of its XML declaration, else UTF-8.</summary>
internal static partial class PayloadText
{
    private const int DeclarationOctets = 200;

    // Old objects are in ISO 8859 and the code pages of Windows.
    static PayloadText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static string Decode(ReadOnlySpan<byte> content, string charset)
    {
        if (charset.Length == 0)
        {
            var head = Encoding.Latin1.GetString(content[..Math.Min(content.Length, DeclarationOctets)]);
            charset = Declaration().Match(head).Groups[1].Value;
        }

        using var reader = new StreamReader(new MemoryStream(content.ToArray()), Find(charset), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static Encoding Find(string charset)
    {
        // Mail says ASCII of what is not.
        if (charset.Length == 0 || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase)) return Encoding.UTF8;
        try
        {
            return Encoding.GetEncoding(charset);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }

    [GeneratedRegex("""^\s*<\?xml\s[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")]
    private static partial Regex Declaration();
}
