using System.Text;
using MailGrains.Model.Accounts;

namespace MailGrains.Authentication;

/// <summary>Identities as SASL mechanisms carry them.</summary>
internal static class SaslName
{
    /// <summary>Nobody may act for somebody else: an authorization identity is either empty or the user, in whatever spelling.</summary>
    public static bool IsSame(string authorization, string user) => authorization == user
        || (MailAddress.TryParse(authorization, out var first) && MailAddress.TryParse(user, out var second)
            && first.Key == second.Key && first.Detail == second.Detail);

    /// <summary>saslname = 1*(value-safe-char / "=2C" / "=3D") (RFC 5802 section 7): they stand for comma and equals sign.</summary>
    public static bool TryUnescape(ReadOnlySpan<char> text, out string name)
    {
        name = "";
        var unescaped = new StringBuilder(text.Length);
        while (!text.IsEmpty)
        {
            var length = 1;
            var c = text[0];
            if (c == '\0') return false;
            if (c == '=')
            {
                if (!text.StartsWith("=2C") && !text.StartsWith("=3D")) return false;
                c = text[1] == '2' ? ',' : '=';
                length = 3;
            }

            unescaped.Append(c);
            text = text[length..];
        }

        name = unescaped.ToString();
        return name.Length > 0;
    }
}
