using System.Globalization;
using System.Text;

namespace MailGrains.Frontends.Connections;

/// <summary>What came from a client is written into a log so that it cannot pretend to be a log line of its own.</summary>
public static class LogText
{
    private const int Longest = 200;

    /// <summary>Escapes control and formatting characters and cuts what is longer than 200 characters.</summary>
    public static string Escape(string text)
    {
        if (text.Length <= Longest && !text.Any(IsUnsafe))
            return text;

        var escaped = new StringBuilder(Longest + 8);
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, Longest)))
        {
            if (IsUnsafe(c))
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                escaped.Append(c);
        }

        return (text.Length > Longest ? escaped.Append('…') : escaped).ToString();
    }

    private static bool IsUnsafe(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
