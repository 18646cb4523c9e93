using System.Globalization;
using System.Text;

namespace MailGrains.Verify;

/// <summary>Text of the export on a terminal: it must not move the cursor, hide anything or fill the screen.</summary>
internal static class Printable
{
    private const int MaxLength = 300;

    public static string Of(string text)
    {
        var printable = new StringBuilder();
        foreach (var c in text.Length > MaxLength ? text.AsSpan(0, MaxLength) : text)
            printable.Append(char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '?' : c);
        if (text.Length > MaxLength) printable.Append('…');
        return printable.ToString();
    }
}
