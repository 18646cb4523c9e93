using System.Globalization;

namespace MailGrains.Views;

/// <summary>Times in documents: UTC, in µs.</summary>
internal static class ViewTime
{
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy.MM.dd", CultureInfo.InvariantCulture);
}
