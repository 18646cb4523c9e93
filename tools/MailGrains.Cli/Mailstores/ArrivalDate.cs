using System.Globalization;
using System.Text;

namespace MailGrains.Cli.Mailstores;

/// <summary>When a message arrived, as far as it or its store tells. Dates before 1970 are none.</summary>
internal static class ArrivalDate
{
    private const int LargestHeader = 1 << 20;

    private static readonly char[] Blanks = [' ', '\t', '\r', '\n', ','];

    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>The date of the topmost Received field, which the last server on the way wrote; else that of the Date field.</summary>
    /// <param name="message">With CRLF.</param>
    public static DateTimeOffset? Of(ReadOnlySpan<byte> message)
    {
        if (message.StartsWith("\r\n"u8)) return null;
        var end = message.IndexOf("\r\n\r\n"u8);
        var header = Encoding.Latin1.GetString(message[..Math.Min(end < 0 ? message.Length : end, LargestHeader)])
            .Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal).Split("\r\n");
        var received = Field(header, "Received:");
        return (received is null ? null : OfMail(received[(received.LastIndexOf(';') + 1)..])) ?? (Field(header, "Date:") is { } date ? OfMail(date) : null);
    }

    /// <summary><c>From sender Thu Feb  1 03:04:05 2024</c>; a zone may stand before or after the year, without one it is UTC (RFC 4155).</summary>
    public static DateTimeOffset? OfFromLine(ReadOnlySpan<byte> line)
    {
        var words = Words(Encoding.Latin1.GetString(line));
        for (var i = 2; i + 3 < words.Length; i++)
        {
            if (MonthOf(words[i]) is not { } month || !words[i + 2].Contains(':', StringComparison.Ordinal)) continue;
            var rest = words[(i + 3)..];
            var at = Array.FindIndex(rest, word => word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _));
            if (at < 0) return null;
            var zone = at > 0 ? rest[0] : rest.ElementAtOrDefault(1) ?? "";
            return Make(words[i + 1], month, rest[at], words[i + 2], zone);
        }

        return null;
    }

    /// <summary>date-time = [day-of-week ","] day month year time zone (RFC 5322 section 3.3), comments left out.</summary>
    private static DateTimeOffset? OfMail(string text)
    {
        var words = Words(text.Split('(')[0]);
        var day = words.Length > 0 && char.IsAsciiDigit(words[0][0]) ? 0 : 1;
        return words.Length >= day + 4 && MonthOf(words[day + 1]) is { } month
            ? Make(words[day], month, words[day + 2], words[day + 3], words.ElementAtOrDefault(day + 4) ?? "")
            : null;
    }

    private static DateTimeOffset? Make(string day, int month, string year, string time, string zone)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{year}-{month:00}-{day.PadLeft(2, '0')} {(time.Length < 8 ? time + ":00" : time)}");
        if (!DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return null;
        if (local.Year is < 1970 or > 9000) return null;
        var date = new DateTimeOffset(local, TimeSpan.Zero) - OffsetOf(zone);
        return date < DateTimeOffset.UnixEpoch ? null : date;
    }

    /// <summary>zone = ("+" / "-") 4DIGIT; names that are not unique count as UTC (RFC 5322 section 4.3).</summary>
    private static TimeSpan OffsetOf(string zone)
    {
        if (zone is not ['+' or '-', _, _, _, _]) return TimeSpan.Zero;
        if (!int.TryParse(zone.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)) return TimeSpan.Zero;
        var offset = new TimeSpan(digits / 100, digits % 100, 0);
        return zone[0] == '-' ? -offset : offset;
    }

    private static int? MonthOf(string word) => Array.IndexOf(Months, word) is var month and >= 0 ? month + 1 : null;

    private static string? Field(string[] header, string name) =>
        Array.Find(header, field => field.StartsWith(name, StringComparison.OrdinalIgnoreCase))?[name.Length..];

    private static string[] Words(string text) => text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
}
