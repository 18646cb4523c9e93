using System.Text.Json;
using System.Text.Json.Nodes;
using MailGrains.Bench.Rows;

namespace MailGrains.Bench.Report;

/// <summary>The comparison as a table and as JSON.</summary>
internal sealed class ComparisonReport(IReadOnlyList<RowResult> results, IReadOnlyDictionary<string, DiskProbe> disks)
{
    public const string MailGrains = "mailgrains";
    public const string Dovecot = "dovecot";
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    public override string ToString()
    {
        var table = new TextTable("operation", "MailGrains", "Dovecot", "ratio", "goal", "met", "detail MailGrains", "detail Dovecot");
        foreach (var result in results)
        {
            var (ours, theirs, row) = (result.MedianOf(MailGrains), result.MedianOf(Dovecot), result.Row);
            table.Add(
                row.Operation + (row.Durable ? " *" : ""),
                Figures.Of(ours, row.Unit),
                Figures.Of(theirs, row.Unit),
                ours / theirs is { } ratio ? Figures.Number(ratio) + "×" : "–",
                row.Goal.ToString(),
                Verdict(result, row.Goal.IsMet(ours, theirs)),
                result.DetailOf(MailGrains),
                result.DetailOf(Dovecot));
        }
        return $"{table}\n* durable before it is answered; MailGrains waits for the disk each time, Dovecot often does not.\n" +
            string.Concat(disks.Select(disk => $"  disk under {disk.Key}: {disk.Value}\n"));
    }

    public string ToJson() => new JsonObject
    {
        ["format"] = 1,
        ["disks"] = new JsonObject(disks.Select(disk => KeyValuePair.Create(disk.Key, (JsonNode?)DiskJson(disk.Value)))),
        ["rows"] = new JsonArray([.. results.Select(RowJson)]),
    }.ToJsonString(s_json);

    private static string Verdict(RowResult result, bool? met) =>
        result.FailureOf(MailGrains) is not null ? "FAILED"
            : !result.AnswersAgree ? "ANSWERS DIFFER" : met is { } known ? (known ? "yes" : "NO") : "–";

    private static JsonObject DiskJson(DiskProbe probe) => new() { ["fsyncMedianMs"] = probe.Median, ["fsyncP99Ms"] = probe.P99 };

    private static JsonObject RowJson(RowResult result)
    {
        var (ours, theirs, goal) = (result.MedianOf(MailGrains), result.MedianOf(Dovecot), result.Row.Goal);
        return new JsonObject
        {
            ["name"] = result.Row.Name,
            ["operation"] = result.Row.Operation,
            ["unit"] = Figures.Suffix(result.Row.Unit),
            ["durable"] = result.Row.Durable,
            [MailGrains] = ServerJson(result, MailGrains),
            [Dovecot] = ServerJson(result, Dovecot),
            ["ratio"] = ours / theirs,
            ["goal"] = goal.Bound,
            ["goalIs"] = goal.Bound is null ? null : (goal.Absolute ? "value" : "ratio") + (goal.AtLeast ? " at least" : " at most"),
            ["met"] = goal.IsMet(ours, theirs),
            ["answersAgree"] = result.AnswersAgree,
        };
    }

    private static JsonObject? ServerJson(RowResult result, string server) =>
        result.RunsOf(server).Count == 0 && result.FailureOf(server) is null ? null : new JsonObject
        {
            ["median"] = result.MedianOf(server),
            ["runs"] = new JsonArray([.. result.RunsOf(server).Select(run => (JsonNode)run.Outcome.Value)]),
            ["answers"] = new JsonArray([.. result.RunsOf(server).Select(run => (JsonNode)run.Outcome.Evidence)]),
            ["fsyncMs"] = new JsonArray([.. result.RunsOf(server).Select(run => (JsonNode?)run.Fsync)]),
            ["clientCores"] = new JsonArray([.. result.RunsOf(server).Select(run => (JsonNode)Math.Round(run.ClientCores, 3))]),
            ["detail"] = result.DetailOf(server),
            ["failure"] = result.FailureOf(server),
        };
}
