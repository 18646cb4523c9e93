using System.Text.Json;
using System.Text.Json.Nodes;
using MailGrains.Bench.Rows;

namespace MailGrains.Bench.Report;

/// <summary>Deliveries with subscribers ÷ deliveries without.</summary>
internal sealed class SubscriberCostReport(RowResult result, string none, string subscribed)
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    /// <summary>Whether no run has failed.</summary>
    public bool IsWhole => result.FailureOf(none) is null && result.FailureOf(subscribed) is null;

    private double? Ratio => result.MedianOf(subscribed) / result.MedianOf(none);

    public override string ToString()
    {
        var (row, met) = (result.Row, result.Row.Goal.IsMet(result.MedianOf(subscribed), result.MedianOf(none)));
        var table = new TextTable("operation", "without", "with", "ratio", "goal", "met", "detail without", "detail with");
        table.Add(
            row.Operation,
            Figures.Of(result.MedianOf(none), row.Unit),
            Figures.Of(result.MedianOf(subscribed), row.Unit),
            Ratio is { } ratio ? Figures.Number(ratio) + "×" : "–",
            row.Goal.ToString(),
            !IsWhole ? "FAILED" : met is { } known ? (known ? "yes" : "NO") : "–",
            result.DetailOf(none),
            result.DetailOf(subscribed));
        return table.ToString();
    }

    public string ToJson() => new JsonObject
    {
        ["format"] = 1,
        ["unit"] = Figures.Suffix(result.Row.Unit),
        ["without"] = Side(none),
        ["with"] = Side(subscribed),
        ["ratio"] = Ratio,
        ["goal"] = result.Row.Goal.Bound,
        ["met"] = result.Row.Goal.IsMet(result.MedianOf(subscribed), result.MedianOf(none)),
    }.ToJsonString(s_json);

    private JsonObject Side(string server) => new()
    {
        ["median"] = result.MedianOf(server),
        ["runs"] = new JsonArray([.. result.RunsOf(server).Select(run => (JsonNode)run.Outcome.Value)]),
        ["fsyncMs"] = new JsonArray([.. result.RunsOf(server).Select(run => (JsonNode?)run.Fsync)]),
        ["detail"] = result.DetailOf(server),
        ["failure"] = result.FailureOf(server),
    };
}
