using System.Globalization;

namespace MailGrains.Subscribers;

/// <summary>Where in the log a subscriber begins that has no position yet.</summary>
/// <param name="At">With <see cref="StartKind.Time"/>: events from then on.</param>
public readonly record struct StartPolicy(StartKind Kind, DateTimeOffset At = default)
{
    public static StartPolicy Beginning => new(StartKind.Beginning);

    public static StartPolicy Now => new(StartKind.Now);

    public static StartPolicy Kept => new(StartKind.Kept);

    /// <summary>Reads <c>beginning</c>, <c>kept</c>, <c>now</c> or a time in RFC 3339, such as <c>2026-03-01T00:00:00Z</c>.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static StartPolicy Parse(string text)
    {
        if (text.Equals("beginning", StringComparison.OrdinalIgnoreCase)) return Beginning;
        if (text.Equals("kept", StringComparison.OrdinalIgnoreCase)) return Kept;
        if (text.Equals("now", StringComparison.OrdinalIgnoreCase)) return Now;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new StartPolicy(StartKind.Time, at)
            : throw new FormatException("expected beginning, kept, now or a time such as 2026-03-01T00:00:00Z");
    }
}
