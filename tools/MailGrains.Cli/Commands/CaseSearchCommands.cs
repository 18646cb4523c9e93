using System.CommandLine;
using System.Net.Http.Json;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>case search|partial|folders|message|tag</summary>
internal static class CaseSearchCommands
{
    private static readonly Argument<string> Item = new("item") { Description = "A message as a search names it, such as 3.1042." };

    public static Command Search()
    {
        var query = new Argument<string>("query") { Description = "What to look for, see docs/discovery.md." };
        var asOf = new Option<DateTimeOffset?>("--as-of") { Description = "Search the mailboxes as they were then; without, all that ever was in them." };
        var custodians = new Option<int[]>("--custodian") { Description = "Number of a custodian; may be repeated. None: all." };
        var limit = new Option<int>("--limit") { Description = "Messages shown at most.", DefaultValueFactory = _ => 100 };
        var command = new Command("search", "Search live and archived mail of the custodians.") { CaseCommands.Id, query, asOf, custodians, limit };
        command.RunsAsOfficer(async (parsed, api, cancellation) =>
        {
            var content = JsonContent.Create(new
            {
                query = parsed.GetValue(query),
                asOf = parsed.GetValue(asOf),
                custodians = parsed.GetValue(custodians),
                limit = parsed.GetValue(limit),
            });
            var answer = await api.PostAsync<SearchAnswer>(CaseCommands.Path(parsed) + "/searches", content, cancellation);
            if (GlobalOptions.IsJson(parsed))
            {
                Listing.PrintJson(answer);
                return;
            }

            Listing.Print(
                parsed, answer.Items,
                ("Item", m => m.Item), ("Custodian", m => m.Custodian), ("Sent", m => m.Sent?.ToString("yyyy-MM-dd HH:mm")), ("From", m => m.From),
                ("Subject", m => m.Subject), ("Folder", m => string.Join("; ", m.Folders)), ("Deleted", m => m.Deleted ? "yes" : ""));
            Console.WriteLine($"Search {answer.Number}: {answer.Hits} found, {answer.Items.Count} shown.");
            if (answer.Partial > 0) Console.WriteLine($"{answer.Partial} messages could be searched in part only: see 'case partial'.");
            if (answer.Unread > 0) Console.WriteLine($"{answer.Unread} events could not be read, so messages may be missing: see 'case partial'.");
        });
        return command;
    }

    public static Command Partial()
    {
        var number = new Argument<int>("search") { Description = "Number of a search." };
        var command = new Command("partial", "List messages that a search could look at in part only, and events that could not be read, and why.")
        {
            CaseCommands.Id, number,
        };
        command.RunsAsOfficer(async (parsed, api, cancellation) => Listing.Print(
            parsed,
            await api.GetAsync<List<PartialMessage>>($"{CaseCommands.Path(parsed)}/searches/{parsed.GetValue(number)}/partial", cancellation),
            ("Item", m => m.Item ?? $"event {m.Event}"),
            ("Custodian", m => m.Custodian),
            ("Why", m => string.Join("; ", m.Reasons))));
        return command;
    }

    public static Command Folders()
    {
        var number = new Argument<int>("custodian") { Description = "Number of a custodian." };
        var asOf = new Option<DateTimeOffset?>("--as-of") { Description = "The folders as they were then; without, as they are now." };
        var command = new Command("folders", "List the folders of a custodian, and who could read them.") { CaseCommands.Id, number, asOf };
        command.RunsAsOfficer(async (parsed, api, cancellation) =>
        {
            var moment = parsed.GetValue(asOf) is { } time ? "?asOf=" + AdminApi.Segment(time.UtcDateTime.ToString("O")) : "";
            Listing.Print(
                parsed,
                await api.GetAsync<List<CaseFolder>>($"{CaseCommands.Path(parsed)}/custodians/{parsed.GetValue(number)}/folders{moment}", cancellation),
                ("Folder", f => f.Folder),
                ("Use", f => f.SpecialUse),
                ("So called since", f => f.Since.ToString("u")),
                ("Readers", f => string.Join("; ", f.Readers)));
        });
        return command;
    }

    public static Command Message()
    {
        var command = new Command("message", "Print a message, octet for octet. That it was looked at is written down.") { CaseCommands.Id, Item };
        command.RunsAsOfficer(async (parsed, api, cancellation) =>
        {
            using var response = await api.StreamAsync($"{CaseCommands.Path(parsed)}/items/{AdminApi.Segment(parsed.GetValue(Item)!)}", cancellation);
            await using var output = Console.OpenStandardOutput();
            await response.Content.CopyToAsync(output, cancellation);
        });
        return command;
    }

    public static Command Tag()
    {
        var tag = new Argument<string>("tag") { Description = "The tag." };
        var items = new Argument<string[]>("item") { Description = "Messages as a search names them, such as 3.1042." };
        var remove = new Option<bool>("--remove") { Description = "Take the tag off." };
        var command = new Command("tag", "Tag messages.") { CaseCommands.Id, tag, items, remove };
        command.RunsAsOfficer((parsed, api, cancellation) => api.CallAsync(
            HttpMethod.Post,
            CaseCommands.Path(parsed) + "/tags",
            JsonContent.Create(new { tag = parsed.GetValue(tag), items = parsed.GetValue(items), remove = parsed.GetValue(remove) }),
            cancellation));
        return command;
    }
}
