using System.CommandLine;
using MailGrains.Bench.Report;
using MailGrains.Bench.Rows;

namespace MailGrains.Bench.Commands;

/// <summary><c>growth</c>: what single operations cost as one folder grows.</summary>
internal static class GrowthCommand
{
    public static Command Create()
    {
        var sizes = new Option<string>("--sizes")
        {
            Description = "Sizes to measure at, ascending.",
            DefaultValueFactory = _ => "1000,10000,100000,1000000",
        };
        var json = new Option<FileInfo?>("--json") { Description = "File to write the figures to." };
        var servers = new ServerOptions();
        var command = new Command("growth",
            "Measure append, flag change, newest 50, IDLE wake-up and opening as a folder grows.") { sizes, json };
        servers.AddTo(command);
        command.SetAction(parsed =>
        {
            var steps = parsed.GetValue(sizes)!.Split(',')
                .Select(size => long.Parse(size, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            var points = new List<GrowthPoint>();
            foreach (var server in servers.Read(parsed))
            {
                var run = new GrowthRun(server, Console.Error);
                points.AddRange(steps.Select(run.MeasureAt).OfType<GrowthPoint>());
            }
            var report = new GrowthReport(points);
            Console.WriteLine();
            Console.WriteLine(report);
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file.FullName, report.ToJson());
        });
        return command;
    }
}
