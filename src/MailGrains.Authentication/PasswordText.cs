using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MailGrains.Authentication;

/// <summary>
/// Brings passwords typed on different keyboards, or prepared by a SCRAM client and typed elsewhere, to the same octets: SASLprep
/// (RFC 4013), with Unicode's current tables.
/// </summary>
public static class PasswordText
{
    /// <summary>False when the text can be no password: empty, too long, with control characters, or no Unicode at all.</summary>
    public static bool TryPrepare(string password, int maxOctets, [NotNullWhen(true)] out byte[]? octets)
    {
        octets = null;
        if (password.Length == 0 || password.Length > maxOctets || password.Any(char.IsControl)) return false;
        try
        {
            var bytes = Encoding.UTF8.GetBytes(Mapped(password).Normalize(NormalizationForm.FormKC));
            if (bytes.Length == 0 || bytes.Length > maxOctets) return false;
            octets = bytes;
            return true;
        }
        catch (ArgumentException)
        {
            return false; // a lone surrogate: no text at all
        }
    }

    private static string Mapped(string password)
    {
        if (Ascii.IsValid(password)) return password;
        var mapped = new StringBuilder(password.Length);
        foreach (var c in password)
            if (!IsMappedToNothing(c)) mapped.Append(char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator ? ' ' : c);
        return mapped.ToString();
    }

    /// <summary>RFC 3454 table B.1.</summary>
    private static bool IsMappedToNothing(char c) => c
        is '\u00AD' or '\u034F' or '\u1806' or (>= '\u180B' and <= '\u180D') or (>= '\u200B' and <= '\u200D') or '\u2060'
        or (>= '\uFE00' and <= '\uFE0F') or '\uFEFF';
}
