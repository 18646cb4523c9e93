using System.Buffers;
using System.Globalization;
using System.Text;

namespace MailGrains.Mime.Search;

/// <summary>Text of a named charset as Unicode.</summary>
public static class CharsetText
{
    /// <summary>No registered name is longer (RFC 2978 section 2.3).</summary>
    private const int MaxNameLength = 64;

    static CharsetText() => Register();

    /// <summary>
    /// The text of all these octets. Without a charset, as ASCII and in an unknown charset they count as UTF-8, and those that are
    /// none as windows-1252.
    /// </summary>
    /// <param name="octets">Without their transfer encoding.</param>
    /// <param name="charset">Its name; case doesn't matter.</param>
    /// <param name="isKnown">False when the charset is named, but unknown.</param>
    public static string Decode(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> charset, out bool isKnown)
    {
        isKnown = true;
        if (charset.IsEmpty || Ascii.EqualsIgnoreCase(charset, "utf-8"u8) || Ascii.EqualsIgnoreCase(charset, "us-ascii"u8))
            return DecodeUtf8(octets);
        var encoding = charset.Length > MaxNameLength ? null : Find(Encoding.Latin1.GetString(charset));
        isKnown = encoding is not null;
        return encoding is null or { CodePage: 65001 or 20127 } ? DecodeUtf8(octets) : encoding.GetString(octets);
    }

    /// <summary>UTF-8, in which an octet that is none counts as windows-1252, which it then mostly is.</summary>
    public static string DecodeUtf8(ReadOnlySpan<byte> octets)
    {
        if (System.Text.Unicode.Utf8.IsValid(octets))
            return Encoding.UTF8.GetString(octets);
        var text = new StringBuilder(octets.Length);
        while (!octets.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(octets, out var rune, out var length) == OperationStatus.Done)
            {
                text.Append(rune);
            }
            else
            {
                text.Append(Windows1252.ToUnicode(octets[0]));
                length = 1;
            }

            octets = octets[length..];
        }

        return text.ToString();
    }

    internal static void Register() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding that a charset's name means; null when there is none.</summary>
    internal static Encoding? Find(string charset)
    {
        try
        {
            return charset.StartsWith("cp", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(charset.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var page)
                ? Encoding.GetEncoding(page)
                : Encoding.GetEncoding(charset);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
