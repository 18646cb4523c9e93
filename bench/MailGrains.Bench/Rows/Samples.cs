using System.Diagnostics;

namespace MailGrains.Bench.Rows;

/// <summary>Times one operation again and again.</summary>
internal static class Samples
{
    private const double WarmUpMilliseconds = 1000;
    private const double EnoughMilliseconds = 2000;

    /// <summary>
    /// Median milliseconds of an operation. First it runs untimed, once at least and for up to a second while it is
    /// short, so that caches and compiled code are as in service; then up to <paramref name="most"/> times or two seconds.
    /// </summary>
    public static double Median(int most, Action operation, int warmUps = 30)
    {
        var warming = Stopwatch.GetTimestamp();
        for (var i = 0; i < warmUps && (i < 1 || Elapsed(warming) < WarmUpMilliseconds); i++)
            operation();
        var times = new List<double>(most);
        var started = Stopwatch.GetTimestamp();
        while (times.Count < most && (times.Count < 1 || Elapsed(started) < EnoughMilliseconds))
            times.Add(Time(operation));
        return Percentile(times, 0.5);
    }

    public static double Time(Action operation)
    {
        var started = Stopwatch.GetTimestamp();
        operation();
        return Elapsed(started);
    }

    public static double Elapsed(long since) => Stopwatch.GetElapsedTime(since).TotalMilliseconds;

    public static double Percentile(IReadOnlyCollection<double> values, double fraction)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * fraction))];
    }
}
