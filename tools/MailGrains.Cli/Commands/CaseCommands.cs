using System.CommandLine;
using System.Net.Http.Json;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>case create|list|show|close|log, and what is done in one: custodian, hold, search, folders, message, tag, export</summary>
internal static class CaseCommands
{
    public static readonly Argument<string> Id = new("case") { Description = "The case's id." };

    public static Command Create()
    {
        var command = new Command("case", "E-discovery: cases, holds, searches, exports. Needs an account with a case role, see docs/cases.md.")
        {
            CreateCase(),
            List(),
            Show(),
            Close(),
            CaseHoldCommands.Custodian(),
            CaseHoldCommands.Hold(),
            CaseHoldCommands.Release(),
            CaseSearchCommands.Search(),
            CaseSearchCommands.Partial(),
            CaseSearchCommands.Folders(),
            CaseSearchCommands.Message(),
            CaseSearchCommands.Tag(),
            CaseExportCommand.Create(),
            Log(),
        };
        OfficerOptions.AddTo(command);
        return command;
    }

    public static string Path(ParseResult parsed) => "/api/cases/" + AdminApi.Segment(parsed.GetValue(Id)!);

    public static void Print(ParseResult parsed, Case shown) => Listing.Print(
        parsed,
        shown.Custodians,
        ("No", c => c.Number),
        ("Custodian", c => c.Address),
        ("Group", c => c.Group),
        ("As of", c => c.AsOf?.ToString("u")),
        ("Hold", c => c.Hold),
        ("Since", c => c.HoldAt?.ToString("yyyy-MM-dd HH:mm")),
        ("Release asked by", c => c.ReleaseAskedBy));

    private static Command CreateCase()
    {
        var name = new Argument<string>("name") { Description = "What the case is called." };
        var description = new Option<string?>("--description") { Description = "What it is about." };
        var two = new Option<bool>("--two-people") { Description = "Releasing a hold needs two officers." };
        var command = new Command("create", "Open a case; prints its id.") { name, description, two };
        command.RunsAsOfficer(async (parsed, api, cancellation) =>
        {
            var content = JsonContent.Create(new
            {
                name = parsed.GetValue(name),
                description = parsed.GetValue(description),
                twoPeople = parsed.GetValue(two),
            });
            var created = await api.PostAsync<Case>("/api/cases", content, cancellation);
            if (GlobalOptions.IsJson(parsed)) Listing.PrintJson(created);
            else Console.WriteLine(created.Id);
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List all cases.");
        command.RunsAsOfficer(async (parsed, api, cancellation) => Listing.Print(
            parsed,
            await api.GetAsync<List<Case>>("/api/cases", cancellation),
            ("Id", c => c.Id),
            ("Name", c => c.Name),
            ("Status", c => c.Status),
            ("Custodians", c => c.Custodians.Count),
            ("Held", c => c.Custodians.Count(h => h.Hold is "held" or "release-asked")),
            ("Opened", c => c.CreatedAt.ToString("yyyy-MM-dd")),
            ("By", c => c.CreatedBy)));
        return command;
    }

    private static Command Show()
    {
        var command = new Command("show", "Show a case: its custodians, searches, exports and tags.") { Id };
        command.RunsAsOfficer(async (parsed, api, cancellation) =>
        {
            var shown = await api.GetAsync<Case>(Path(parsed), cancellation);
            if (GlobalOptions.IsJson(parsed))
            {
                Listing.PrintJson(shown);
                return;
            }

            Console.WriteLine($"{shown.Name} ({shown.Status}{(shown.TwoPeople ? ", two people release holds" : "")})");
            Print(parsed, shown);
            Listing.Print(
                parsed,
                shown.Searches,
                ("Search", s => s.Number),
                ("Query", s => s.Query),
                ("As of", s => s.AsOf?.ToString("u")),
                ("Hits", s => s.Hits),
                ("Partial", s => s.Partial),
                ("Unread", s => s.Unread),
                ("By", s => s.By));
            Listing.Print(
                parsed,
                shown.Exports,
                ("Export", e => e.Number),
                ("Search", e => e.Search),
                ("Tag", e => e.Tag),
                ("Format", e => e.Format),
                ("Messages", e => e.Items),
                ("Manifest", e => e.Sha256));
            foreach (var (tag, count) in shown.Tags) Console.WriteLine($"{tag}: {count}");
        });
        return command;
    }

    private static Command Close()
    {
        var command = new Command("close", "Close a case without holds; it can still be read.") { Id };
        command.RunsAsOfficer((parsed, api, cancellation) => api.CallAsync(HttpMethod.Post, Path(parsed) + "/close", null, cancellation));
        return command;
    }

    private static Command Log()
    {
        var command = new Command("log", "Print everything that was done in a case, a line of JSON for each act.") { Id };
        command.RunsAsOfficer(async (parsed, api, cancellation) =>
        {
            for (var after = 0L; ;)
            {
                var events = await api.GetAsync<List<CaseEvent>>($"{Path(parsed)}/log?after={after}", cancellation);
                if (events.Count == 0) return;
                foreach (var next in events) Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(next, System.Text.Json.JsonSerializerOptions.Web));
                after = events[^1].Sequence;
            }
        });
        return command;
    }
}
