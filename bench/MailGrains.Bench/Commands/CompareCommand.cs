using System.CommandLine;
using MailGrains.Bench.Report;
using MailGrains.Bench.Rows;
using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Commands;

/// <summary><c>compare</c>: every row on both servers by turns, a table and JSON.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var only = new Option<string?>("--only")
        {
            Description = "Rows to run, separated by commas; a name ending in * takes all that start so. Names: " +
                string.Join(", ", Catalogue.All.Select(row => row.Name)),
        };
        var json = new Option<FileInfo?>("--json") { Description = "File to write the figures to." };
        var runs = new Option<int>("--runs")
        {
            Description = "Runs of each row on each server; the table has medians.",
            DefaultValueFactory = _ => 3,
        };
        var postgresql = new Option<bool>("--postgresql") { Description = "MailGrains keeps its mail in PostgreSQL: hold it to the goals for that." };
        var servers = new ServerOptions();
        var command = new Command("compare", "Measure MailGrains and Dovecot in the same run and print a table.") { only, json, runs, postgresql };
        servers.AddTo(command);
        command.SetAction(parsed =>
        {
            var rows = Select(parsed.GetValue(postgresql) ? Catalogue.OnDatabase : Catalogue.All, parsed.GetValue(only));
            if (rows.Count == 0)
            {
                Console.Error.WriteLine("No row has such a name; see --help.");
                return 2;
            }
            Execute(servers.Read(parsed), rows, parsed.GetValue(runs), parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static void Execute(IReadOnlyList<MailServer> servers, List<Measurement> rows, int runs, FileInfo? json)
    {
        var disks = servers.Where(server => server.DataFolder is not null)
            .ToDictionary(server => server.Name, server => DiskProbe.Run(server.DataFolder!));
        var report = new ComparisonReport(new ComparisonRun(servers, runs, Console.Error).Execute(rows), disks);
        Console.WriteLine();
        Console.WriteLine(report);
        if (json is not null)
            File.WriteAllText(json.FullName, report.ToJson());
    }

    private static List<Measurement> Select(IReadOnlyList<Measurement> all, string? only)
    {
        if (only is null)
            return [.. all];
        var names = only.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return [.. all.Where(row => names.Any(name =>
            name.EndsWith('*') ? row.Name.StartsWith(name[..^1], StringComparison.Ordinal) : row.Name == name))];
    }
}
