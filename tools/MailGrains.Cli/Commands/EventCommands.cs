using System.CommandLine;
using System.Text.Json;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>events stats|tail</summary>
internal static class EventCommands
{
    private const string Json = "json";

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private static readonly Option<int> Last = new("--last") { Description = "Events of each partition to begin with.", DefaultValueFactory = _ => 10 };

    private static readonly Option<bool> Follow = new("--follow") { Description = "Go on with what is written, until interrupted." };

    private static readonly Option<string> Format = CreateFormat();

    public static Command Create() => new("events", "The log of all changes, logins and acts.") { Stats(), Tail() };

    private static Command Stats()
    {
        var command = new Command("stats", "Show how far each partition goes.");
        command.Runs(async (parsed, api, cancellation) => Listing.Print(
            parsed,
            await api.GetAsync<List<Partition>>("/api/events", cancellation),
            ("Partition", p => p.Number),
            ("First kept", p => p.First),
            ("Last", p => p.Last)));
        return command;
    }

    private static Command Tail()
    {
        var command = new Command("tail", "Print the last events, a line of JSON each.") { Last, Follow, Format };
        command.Runs(async (parsed, api, cancellation) =>
        {
            var after = new Dictionary<int, long>();
            do
            {
                foreach (var partition in await api.GetAsync<List<Partition>>("/api/events", cancellation))
                {
                    after.TryAdd(partition.Number, Math.Max(0, partition.Last - parsed.GetValue(Last)));
                    while (after[partition.Number] < partition.Last)
                        after[partition.Number] = await PrintAsync(api, partition, after[partition.Number], parsed.GetValue(Format)!, cancellation);
                }

                if (parsed.GetValue(Follow)) await Task.Delay(Between, cancellation);
            }
            while (parsed.GetValue(Follow));
        });
        return command;
    }

    /// <summary>Prints a page; returns the position to go on behind.</summary>
    private static async Task<long> PrintAsync(AdminApi api, Partition partition, long after, string format, CancellationToken cancellation)
    {
        var events = await api.GetAsync<List<LoggedEvent>>($"/api/events/{partition.Number}?after={after}&format={format}", cancellation);
        foreach (var one in events)
        {
            if (format == Json) Console.WriteLine(JsonSerializer.Serialize(one, JsonSerializerOptions.Web));
            else if (one.Event.ValueKind == JsonValueKind.Object) Console.WriteLine(one.Event.GetRawText());
        }

        return events.Count == 0 ? partition.Last : events[^1].Position;
    }

    private static Option<string> CreateFormat()
    {
        var format = new Option<string>("--format")
        {
            Description = "json: as it was written, with its place in the log; cyrus, bonnie: with the names of these.",
            DefaultValueFactory = _ => Json,
        };
        format.AcceptOnlyFromAmong(Json, "cyrus", "bonnie");
        return format;
    }
}
