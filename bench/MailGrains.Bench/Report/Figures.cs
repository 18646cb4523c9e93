using System.Globalization;
using MailGrains.Bench.Rows;

namespace MailGrains.Bench.Report;

/// <summary>Figures as the table shows them.</summary>
internal static class Figures
{
    public static string Of(double? value, Unit unit) => value is { } known ? Number(known) + " " + Suffix(unit) : "–";

    /// <summary>Three digits that matter, whatever the size.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    public static string Suffix(Unit unit) => unit switch
    {
        Unit.MessagesPerSecond => "msg/s",
        Unit.LoginsPerSecond => "logins/s",
        Unit.MegabytesPerSecond => "MB/s",
        Unit.Milliseconds => "ms",
        Unit.Kilobytes => "KB",
        _ => "MB",
    };
}
