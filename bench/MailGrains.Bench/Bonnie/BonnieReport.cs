using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailGrains.Bench.Report;

namespace MailGrains.Bench.Bonnie;

/// <summary>A run in words and as JSON.</summary>
internal sealed class BonnieReport(BonnieResult result)
{
    private const double Goal = 300;
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    /// <summary>Whether all was done, and in time; a bound for the whole load alone.</summary>
    private bool IsMet => result.CaughtUp <= Goal && result.DeadLetters == 0;

    public override string ToString()
    {
        var options = result.Options;
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"{options.Deliveries:N0} deliveries to {options.Mailboxes:N0} mailboxes: {result.Delivered:0.0} s, "))
            .Append(FormattableString.Invariant($"{options.Deliveries / result.Delivered:N0}/s\n"))
            .Append(FormattableString.Invariant($"one mail to {options.Recipients:N0} recipients: {result.Sent - result.Delivered:0.0} s\n"))
            .Append(FormattableString.Invariant($"{result.Events:N0} events handled by all subscribers: {result.CaughtUp:0.0} s after the first delivery, "))
            .Append(FormattableString.Invariant($"{result.Events / result.CaughtUp:N0} events/s; {result.CaughtUp - result.Sent:0.0} s after the last\n"));
        if (result.DeadLetters > 0) text.Append(FormattableString.Invariant($"events that were passed over: {result.DeadLetters:N0}\n"));
        if (result.Memory is { } memory)
        {
            text.Append(FormattableString.Invariant($"memory of the server: {memory.Peak / 1_000_000:N0} MB at its peak, "))
                .Append(FormattableString.Invariant($"{memory.Now / 1_000_000:N0} MB at the end with {memory.OpenMailboxes:N0} mailboxes open\n"));
        }
        text.Append(FormattableString.Invariant($"goal: {Goal:0} s, met: {(IsMet ? "yes" : "NO")}\n\n"));
        var table = new TextTable("subscriber", "worst lag", "at a quarter", "at half", "at three quarters", "when all was sent", "at the end");
        foreach (var subscriber in result.Subscribers)
            table.Add([subscriber, Figures.Number(result.WorstLag(subscriber)), .. LagsOverTime(subscriber).Select(lag => Figures.Number(lag))]);
        return text.Append(table).ToString();
    }

    public string ToJson() => new JsonObject
    {
        ["format"] = 1,
        ["title"] = result.Title,
        ["mailboxes"] = result.Options.Mailboxes,
        ["deliveries"] = result.Options.Deliveries,
        ["recipients"] = result.Options.Recipients,
        ["deliveredSeconds"] = result.Delivered,
        ["sentSeconds"] = result.Sent,
        ["caughtUpSeconds"] = result.CaughtUp,
        ["deadLetters"] = result.DeadLetters,
        ["events"] = result.Events,
        ["eventsPerSecond"] = result.Events / result.CaughtUp,
        ["peakMemoryBytes"] = result.Memory?.Peak,
        ["memoryBytes"] = result.Memory?.Now,
        ["openMailboxes"] = result.Memory?.OpenMailboxes,
        ["goalSeconds"] = Goal,
        ["met"] = IsMet,
        ["samples"] = new JsonArray([.. result.Samples.Select(Sample)]),
    }.ToJsonString(s_json);

    private IEnumerable<long> LagsOverTime(string subscriber) =>
        new[] { result.Sent / 4, result.Sent / 2, result.Sent * 3 / 4, result.Sent, double.MaxValue }
            .Select(time => result.Samples.Last(sample => sample.Seconds <= time).Pending.GetValueOrDefault(subscriber));

    private static JsonObject Sample(BonnieSample sample) => new()
    {
        ["seconds"] = Math.Round(sample.Seconds, 3),
        ["delivered"] = sample.Delivered,
        ["events"] = sample.Events,
        ["pending"] = new JsonObject(sample.Pending.Select(pending => KeyValuePair.Create(pending.Key, (JsonNode?)pending.Value))),
    };
}
