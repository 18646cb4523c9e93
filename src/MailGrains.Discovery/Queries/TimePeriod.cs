using System.Globalization;

namespace MailGrains.Discovery.Queries;

/// <summary>A stretch of time that a date in a query means, in seconds since 1970 UTC.</summary>
/// <param name="From">Its first second.</param>
/// <param name="Before">The second after its last.</param>
internal readonly record struct TimePeriod(long From, long Before)
{
    private const string Canonical = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const long Day = 86_400;

    /// <summary>The first second that can be written.</summary>
    private static readonly long s_least = DateTimeOffset.MinValue.ToUnixTimeSeconds();

    /// <summary><c>YYYY ["-" MM ["-" DD ["T" hh ":" mm [":" ss] ["Z"]]]]</c>, in UTC.</summary>
    public static TimePeriod? TryParse(string value)
    {
        var text = value.EndsWith('Z') && value.Length > 10 ? value[..^1] : value;
        var format = text.Length switch
        {
            4 => "yyyy",
            7 => "yyyy-MM",
            10 => "yyyy-MM-dd",
            16 => "yyyy-MM-dd'T'HH:mm",
            19 => "yyyy-MM-dd'T'HH:mm:ss",
            _ => null,
        };
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (format is null || !DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, Utc, out var start)) return null;
        var from = new DateTimeOffset(start).ToUnixTimeSeconds();
        var seconds = text.Length switch
        {
            4 => Day * (DateTime.IsLeapYear(start.Year) ? 366 : 365),
            7 => Day * DateTime.DaysInMonth(start.Year, start.Month),
            10 => Day,
            16 => 60,
            _ => 1,
        };
        return new TimePeriod(from, from + seconds);
    }

    /// <summary>Whether a date can be written that starts with this second; after the year 9999 none can.</summary>
    public static bool CanStart(long second) => second <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>The second as a value of a query, the day alone when a period starts with it.</summary>
    public static string Start(long second) => Write(second, second - s_least);

    /// <summary>The last second before this one as a value of a query, the day alone when a period ends with it.</summary>
    public static string Last(long before) => Write(before - 1, before - s_least);

    private static string Write(long second, long edge) =>
        DateTimeOffset.FromUnixTimeSeconds(second).ToString(edge % Day == 0 ? "yyyy-MM-dd" : Canonical, CultureInfo.InvariantCulture);
}
