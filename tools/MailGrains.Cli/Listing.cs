using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace MailGrains.Cli;

/// <summary>Prints lists: a table for people, JSON for programs.</summary>
internal static class Listing
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web) { WriteIndented = true };

    public static void Print<T>(ParseResult parsed, IReadOnlyList<T> items, params (string Title, Func<T, object?> Value)[] columns)
    {
        if (GlobalOptions.IsJson(parsed))
        {
            PrintJson(items);
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        foreach (var (title, _) in columns) table.AddColumn(new TableColumn(title).NoWrap());
        foreach (var item in items) table.AddRow([.. columns.Select(c => new Text(Escape(c.Value(item))))]);
        AnsiConsole.Write(table);
    }

    public static void PrintJson<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value, Indented));

    /// <summary>Names come from outside: nothing in them may steer the terminal.</summary>
    private static string Escape(object? value) =>
        string.Concat((value?.ToString() ?? "").Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
