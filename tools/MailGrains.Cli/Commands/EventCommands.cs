using System.CommandLine;
using System.Text.Json;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>events stats|tail</summary>
internal static class EventCommands
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private static readonly Option<int> Last = new("--last") { Description = "Events of each partition to begin with.", DefaultValueFactory = _ => 10 };

    private static readonly Option<bool> Follow = new("--follow") { Description = "Go on with what is written, until interrupted." };

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
        var command = new Command("tail", "Print the last events, a line of JSON each.") { Last, Follow };
        command.Runs(async (parsed, api, cancellation) =>
        {
            var after = new Dictionary<int, long>();
            do
            {
                foreach (var partition in await api.GetAsync<List<Partition>>("/api/events", cancellation))
                {
                    after.TryAdd(partition.Number, Math.Max(0, partition.Last - parsed.GetValue(Last)));
                    while (after[partition.Number] < partition.Last)
                        after[partition.Number] = await PrintAsync(api, partition, after[partition.Number], cancellation);
                }

                if (parsed.GetValue(Follow)) await Task.Delay(Between, cancellation);
            }
            while (parsed.GetValue(Follow));
        });
        return command;
    }

    /// <summary>Prints a page; returns the position to go on behind.</summary>
    private static async Task<long> PrintAsync(AdminApi api, Partition partition, long after, CancellationToken cancellation)
    {
        var events = await api.GetAsync<List<LoggedEvent>>($"/api/events/{partition.Number}?after={after}", cancellation);
        foreach (var one in events) Console.WriteLine(JsonSerializer.Serialize(one, JsonSerializerOptions.Web));
        return events.Count == 0 ? partition.Last : events[^1].Position;
    }
}
