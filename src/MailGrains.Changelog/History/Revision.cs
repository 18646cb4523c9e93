namespace MailGrains.Changelog.History;

/// <summary>The number of a revision: tenths of a second since 2014-01-01, as Bonnie counts.</summary>
public static class Revision
{
    private const long Epoch = 13_885_344_000;

    /// <summary>round(unixtime × 10 − 13885344000), halves away from zero.</summary>
    public static long Of(DateTimeOffset at)
    {
        const long Tenth = TimeSpan.TicksPerSecond / 10;
        var ticks = (at - DateTimeOffset.UnixEpoch).Ticks - (Epoch * Tenth);
        return (ticks + (Math.Sign(ticks) * Tenth / 2)) / Tenth;
    }
}
