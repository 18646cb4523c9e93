using System.Text;

namespace MailGrains.Authentication;

/// <summary>The message of SASL PLAIN (RFC 4616): <c>[authzid] NUL authcid NUL passwd</c>.</summary>
public readonly record struct SaslPlain(string User, string Password)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>False unless there are exactly two NULs, a user and a password, and no authorization identity other than the user.</summary>
    public static bool TryParse(ReadOnlySpan<byte> message, out SaslPlain plain)
    {
        plain = default;
        if (message.Count((byte)0) != 2) return false;
        string text;
        try
        {
            text = Strict.GetString(message);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        var parts = text.Split('\0');
        if (parts[1].Length == 0 || parts[2].Length == 0 || (parts[0].Length > 0 && !SaslName.IsSame(parts[0], parts[1]))) return false;
        plain = new SaslPlain(parts[1], parts[2]);
        return true;
    }
}
