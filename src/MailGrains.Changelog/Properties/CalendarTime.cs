using System.Globalization;
using System.Text.RegularExpressions;

namespace MailGrains.Changelog.Properties;

/// <summary>Times of calendars in one notation, that of RFC 3339: a day, a time with its offset, or one without where its zone is not known here.</summary>
internal static partial class CalendarTime
{
    private const string KolabZones = "/kolab.org/";
    private const int MaxLength = 40;

    private static readonly string[] s_days = ["yyyyMMdd", "yyyy-MM-dd"];
    private static readonly string[] s_times = ["yyyyMMdd'T'HHmmss", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>The time as RFC 3339 writes it; what is no time stays as it is.</summary>
    public static string Normalize(string value, string? zone)
    {
        value = value.Trim();
        if (value.Length > MaxLength) return value;
        if (DateTime.TryParseExact(value, s_days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var isUtc = value.EndsWith('Z') || value.EndsWith('z');
        var bare = isUtc ? value[..^1] : value;
        if (!DateTime.TryParseExact(bare, s_times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return value;
        var text = time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return isUtc ? text + "Z" : text + OffsetOf(time, zone);
    }

    /// <summary>The zone's name without Kolab's prefix; null where there is none.</summary>
    public static string? ZoneName(string? zone)
    {
        zone = zone?.Trim();
        if (string.IsNullOrEmpty(zone)) return null;
        return zone.StartsWith(KolabZones, StringComparison.Ordinal) ? zone[KolabZones.Length..] : zone;
    }

    private static string OffsetOf(DateTime time, string? zone)
    {
        // Names come from strangers and are looked up among files.
        if (ZoneName(zone) is not { } name || !FairName().IsMatch(name) || !TimeZoneInfo.TryFindSystemTimeZoneById(name, out var known)) return "";
        var offset = known.GetUtcOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified));
        return offset == TimeSpan.Zero && name is "UTC" or "Etc/UTC"
            ? "Z"
            : (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh':'mm", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+-]{0,30}(/[A-Za-z0-9_+-]{1,30}){0,2}\z")]
    private static partial Regex FairName();
}
