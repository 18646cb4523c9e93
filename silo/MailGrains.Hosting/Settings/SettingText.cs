using System.Globalization;
using System.Net;
using System.Numerics;

namespace MailGrains.Hosting.Settings;

/// <summary>Reads the values of settings; every failure says what was expected.</summary>
internal static class SettingText
{
    public static bool Boolean(string text) =>
        bool.TryParse(text, out var value) ? value : throw new FormatException("expected true or false");

    public static T Number<T>(string text, T least, T most)
        where T : INumber<T> =>
        T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new FormatException($"expected a number from {least} to {most}");

    /// <summary>A time that can be taken from any date.</summary>
    public static TimeSpan Duration(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value > TimeSpan.Zero && value <= TimeSpan.FromDays(36_500)
            ? value
            : throw new FormatException("expected a time as [days.]hh:mm:ss, at most 36500 days");

    /// <summary>A time that timers take.</summary>
    public static TimeSpan Period(string text) =>
        Duration(text) is var value && value <= TimeSpan.FromDays(30) ? value : throw new FormatException("expected at most 30 days, as days.hh:mm:ss");

    /// <summary>A pause that may be none.</summary>
    public static TimeSpan Delay(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= TimeSpan.Zero && value <= TimeSpan.FromMinutes(1)
            ? value
            : throw new FormatException("expected a time from 00:00:00 to 00:01:00");

    public static Uri HttpAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new FormatException("expected an address that begins with http:// or https://");

    public static string OneOf(string text, params string[] choices) =>
        choices.FirstOrDefault(c => c.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? throw new FormatException($"expected {string.Join(" or ", choices)}");

    public static IPEndPoint Address(string text) =>
        IPEndPoint.TryParse(text, out var address) && text.Contains(':', StringComparison.Ordinal)
            ? address
            : throw new FormatException("expected address:port, such as 10.0.0.1:11111");

    public static IReadOnlyList<IPNetwork> Networks(string text) =>
    [
        .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(one => IPNetwork.TryParse(one, out var network) ? network : throw new FormatException($"'{one}' is no network such as 10.0.0.0/8")),
    ];
}
