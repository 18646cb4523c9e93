using System.CommandLine;
using System.Net.Http.Json;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>subscriber list|pause|resume|rewind|forget|dead-letters|redrive</summary>
internal static class SubscriberCommands
{
    private static readonly Argument<string> Name = new("subscriber") { Description = "Its name in the configuration." };

    private static readonly Argument<string> To = new("to") { Description = "beginning, now, a position, or a time such as 2026-03-01T00:00:00Z." };

    private static readonly Option<int?> Partition = new("--partition") { Description = "Only of this partition." };

    private static readonly Option<long?> Position = new("--position") { Description = "Only the one at this position." };

    public static Command Create() => new("subscriber", "Who handles the events of the log.")
    {
        List(),
        Call("pause", "Stop handling events, until resume.", HttpMethod.Put, "/pause"),
        Call("resume", "Go on handling events.", HttpMethod.Delete, "/pause"),
        Rewind(),
        Call("forget", "Forget one that is no longer configured; events are not kept for it any more.", HttpMethod.Delete, ""),
        DeadLetters(),
        Redrive(),
    };

    private static Command List()
    {
        var command = new Command("list", "Show how far each subscriber is in each partition.");
        command.Runs(async (parsed, api, cancellation) => Listing.Print(
            parsed,
            await api.GetAsync<List<Subscriber>>("/api/subscribers", cancellation),
            ("Subscriber", s => s.Name),
            ("Partition", s => s.Partition),
            ("Position", s => s.Position),
            ("Behind", s => Math.Max(0, s.Head - s.Position)),
            ("Seconds", s => Math.Round(s.LagSeconds)),
            ("Per minute", s => s.HandledPerMinute),
            ("Failures", s => s.Failures),
            ("State", s => s.State())));
        return command;
    }

    private static Command Call(string verb, string description, HttpMethod method, string path)
    {
        var command = new Command(verb, description) { Name };
        command.Runs((parsed, api, cancellation) => api.CallAsync(method, Path(parsed) + path, null, cancellation));
        return command;
    }

    private static Command Rewind()
    {
        var command = new Command("rewind", "Move a subscriber in all partitions; what it handles again has its effect again.") { Name, To };
        command.Runs((parsed, api, cancellation) =>
            api.CallAsync(HttpMethod.Put, Path(parsed) + "/position", JsonContent.Create(new { to = parsed.GetValue(To) }), cancellation));
        return command;
    }

    private static Command DeadLetters()
    {
        var command = new Command("dead-letters", "List the events a subscriber passed over.") { Name };
        command.Runs(async (parsed, api, cancellation) => Listing.Print(
            parsed,
            await DeadAsync(parsed, api, cancellation),
            ("Partition", d => d.Partition),
            ("Position", d => d.Position),
            ("Attempts", d => d.Attempts),
            ("At", d => d.At.ToString("yyyy-MM-dd HH:mm:ss")),
            ("Error", d => d.Error)));
        return command;
    }

    private static Command Redrive()
    {
        var command = new Command("redrive", "Have a subscriber handle its dead letters again; stops at the first that fails.") { Name, Partition, Position };
        command.Runs(async (parsed, api, cancellation) =>
        {
            var (partition, position) = (parsed.GetValue(Partition), parsed.GetValue(Position));
            var dead = (await DeadAsync(parsed, api, cancellation))
                .Where(d => (partition is null || d.Partition == partition) && (position is null || d.Position == position)).ToList();
            foreach (var one in dead)
                await api.CallAsync(HttpMethod.Post, $"{Path(parsed)}/dead-letters/{one.Partition}/{one.Position}/redrive", null, cancellation);
            Console.WriteLine($"{dead.Count} handled.");
        });
        return command;
    }

    private static Task<List<DeadLetter>> DeadAsync(ParseResult parsed, AdminApi api, CancellationToken cancellation) =>
        api.GetAsync<List<DeadLetter>>(Path(parsed) + "/dead-letters", cancellation);

    private static string Path(ParseResult parsed) => "/api/subscribers/" + AdminApi.Segment(parsed.GetValue(Name)!);
}
