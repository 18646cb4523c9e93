using System.Text.Json;
using MailGrains.Bench.Rows;

namespace MailGrains.Bench.Report;

/// <summary>Cost by size of the folder, one table for each server, and JSON.</summary>
internal sealed class GrowthReport(IReadOnlyList<GrowthPoint> points)
{
    private const double Flat = 1.5;
    private static readonly JsonSerializerOptions s_json =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public override string ToString() =>
        string.Join('\n', points.GroupBy(point => point.Server).Select(group => Table(group.Key, [.. group])));

    public string ToJson() => JsonSerializer.Serialize(new { Format = 1, Points = points }, s_json);

    private static string Table(string server, IReadOnlyList<GrowthPoint> sizes)
    {
        var table = new TextTable(
            [server + ", messages in the folder", .. sizes.Select(point => point.Messages.ToString("N0")), "last ÷ first", "goal", "met"]);
        AddFlat(table, "append, ms *", sizes, point => point.Append);
        AddFlat(table, "flag change of one message, ms *", sizes, point => point.Flag);
        AddFlat(table, "FETCH of the newest 50, ms", sizes, point => point.Newest);
        AddFlat(table, "LMTP delivery → EXISTS in IDLE, ms *", sizes, point => point.WakeUp);
        AddBounded(table, "open (SELECT), ms", sizes, point => point.Open, "< 1,000", 1000);
        AddBounded(table, "memory gained by opening, MB", sizes, point => point.OpenMegabytes, "< 100", 100);
        table.Add(["filled at, messages/s *", .. sizes.Select(point => Cell(point.FillPerSecond)), "", "–", "–"]);
        return table.ToString();
    }

    private static void AddFlat(TextTable table, string name, IReadOnlyList<GrowthPoint> sizes, Func<GrowthPoint, double> value)
    {
        var growth = value(sizes[^1]) / value(sizes[0]);
        table.Add([name, .. sizes.Select(point => Cell(value(point))),
            Figures.Number(growth) + "×", "≤ 1.5×", sizes.Count < 2 ? "–" : growth <= Flat ? "yes" : "NO"]);
    }

    private static void AddBounded(
        TextTable table, string name, IReadOnlyList<GrowthPoint> sizes, Func<GrowthPoint, double?> value, string goal, double bound)
    {
        var last = value(sizes[^1]);
        table.Add([name, .. sizes.Select(point => Cell(value(point))), "", goal, last is null ? "–" : last < bound ? "yes" : "NO"]);
    }

    private static string Cell(double? value) => value is { } known ? Figures.Number(known) : "–";
}
