using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MailGrains.Authentication;

/// <summary>
/// Brings passwords typed on different keyboards to the same octets (RFC 4013 in effect: compatibility normalisation, no control characters).
/// </summary>
public static class PasswordText
{
    public static bool TryPrepare(string password, int maxOctets, [NotNullWhen(true)] out byte[]? octets)
    {
        octets = null;
        if (password.Length == 0 || password.Length > maxOctets || password.Any(char.IsControl)) return false;
        try
        {
            var bytes = Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC));
            if (bytes.Length > maxOctets) return false;
            octets = bytes;
            return true;
        }
        catch (ArgumentException)
        {
            return false; // a lone surrogate: no text at all
        }
    }
}
