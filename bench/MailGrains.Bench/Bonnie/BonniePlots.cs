using ScottPlot;

namespace MailGrains.Bench.Bonnie;

/// <summary>The two plots Bonnie is known by: jobs per minute, and jobs pending.</summary>
internal static class BonniePlots
{
    private const int Width = 1200;
    private const int Height = 700;

    /// <summary>A rate is taken over so many samples: one second alone jumps with every batch.</summary>
    private const int Window = 5;

    /// <summary>Writes both as PNG; returns their paths.</summary>
    public static IReadOnlyList<string> Write(BonnieResult result, string folder, string prefix)
    {
        var (rates, pending) = (Path.Combine(folder, prefix + "-jobs-per-minute.png"), Path.Combine(folder, prefix + "-jobs-pending.png"));
        PerMinute(result).SavePng(rates, Width, Height);
        Pending(result).SavePng(pending, Width, Height);
        return [rates, pending];
    }

    private static Plot PerMinute(BonnieResult result)
    {
        var plot = Begin(result, "Jobs per minute", "per minute");
        Line(plot, "deliveries", result.Samples, Rate(result.Samples, sample => sample.Delivered));
        foreach (var subscriber in result.Subscribers)
            Line(plot, subscriber, result.Samples, Rate(result.Samples, sample => sample.Handled(subscriber)));
        return End(plot, result);
    }

    private static Plot Pending(BonnieResult result)
    {
        var plot = Begin(result, "Jobs pending", "events");
        foreach (var subscriber in result.Subscribers)
            Line(plot, subscriber, result.Samples, [.. result.Samples.Select(sample => (double)sample.Pending.GetValueOrDefault(subscriber))]);
        return End(plot, result);
    }

    private static Plot Begin(BonnieResult result, string what, string unit)
    {
        var plot = new Plot();
        plot.Title($"{what} ({result.Title})");
        plot.XLabel("seconds");
        plot.YLabel(unit);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = value => value.ToString("N0") };
        var (delivered, sent) = (plot.Add.VerticalLine(result.Delivered), plot.Add.VerticalLine(result.Sent));
        foreach (var (line, text) in new[] { (delivered, "all delivered"), (sent, "one mail to many") })
        {
            line.LegendText = text;
            line.LinePattern = LinePattern.Dashed;
            line.LineWidth = 1;
        }
        return plot;
    }

    private static Plot End(Plot plot, BonnieResult result)
    {
        plot.Axes.AutoScale();
        plot.Axes.SetLimits(0, result.Samples[^1].Seconds, 0, Math.Max(1, plot.Axes.GetLimits().Top));
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    private static void Line(Plot plot, string name, IReadOnlyList<BonnieSample> samples, double[] values)
    {
        var line = plot.Add.ScatterLine([.. samples.Select(sample => sample.Seconds)], values);
        line.LegendText = name;
        line.LineWidth = 2;
    }

    private static double[] Rate(IReadOnlyList<BonnieSample> samples, Func<BonnieSample, double> count) =>
    [
        .. samples.Select((sample, index) =>
        {
            var before = samples[Math.Max(0, index - Window)];
            return sample.Seconds > before.Seconds ? (count(sample) - count(before)) * 60 / (sample.Seconds - before.Seconds) : 0;
        }),
    ];
}
