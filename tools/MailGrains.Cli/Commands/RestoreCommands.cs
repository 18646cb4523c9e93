using System.CommandLine;
using System.Net.Http.Json;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>restore list|messages: undelete from the archive.</summary>
internal static class RestoreCommands
{
    private static readonly Option<DateTimeOffset?> Since = new("--since") { Description = "Only what was deleted after this time." };

    public static Command Create() => new("restore", "Bring back messages that were deleted, as long as the archive keeps them.") { List(), Messages() };

    private static Command List()
    {
        var limit = new Option<int>("--limit") { Description = "Messages shown at most.", DefaultValueFactory = _ => 100 };
        var command = new Command("list", "List deleted messages of an account, the last first.") { AccountCommands.Name, Since, limit };
        command.Runs(async (parsed, api, cancellation) => Listing.Print(
            parsed,
            await DeletedAsync(parsed, api, parsed.GetValue(limit), cancellation),
            ("Entry", d => d.Entry),
            ("Folder", d => d.Folder),
            ("Deleted", d => d.DeletedAt.ToString("yyyy-MM-dd HH:mm:ss")),
            ("By", d => d.DeletedBy),
            ("Received", d => d.Received.ToString("yyyy-MM-dd HH:mm")),
            ("Message-ID", d => d.MessageId)));
        return command;
    }

    private static Command Messages()
    {
        var entries = new Argument<long[]>("entry")
        {
            Description = "Entries as the list names them; none: all that --since takes in.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var folder = new Option<string?>("--folder") { Description = "Where they go; without, where they were." };
        var command = new Command("messages", "Bring messages back into the mailbox.") { AccountCommands.Name, entries, Since, folder };
        command.Runs(async (parsed, api, cancellation) =>
        {
            var chosen = parsed.GetValue(entries) ?? [];
            if (chosen.Length == 0)
            {
                if (parsed.GetValue(Since) is null) throw new CommandFailedException(ExitCode.Usage, "Name entries, or a time with --since.");
                chosen = [.. (await DeletedAsync(parsed, api, 10_000, cancellation)).Select(d => d.Entry)];
            }

            var (restored, gone) = (0, 0);
            foreach (var some in chosen.Chunk(100))
            {
                var content = JsonContent.Create(new { entries = some, folder = parsed.GetValue(folder) });
                var path = AccountCommands.Path(parsed.GetValue(AccountCommands.Name)!) + "/restore";
                var report = await api.PostAsync<RestoreReport>(path, content, cancellation);
                restored += report.Restored;
                gone += report.Gone.Count;
            }

            Console.WriteLine($"{restored} restored, {gone} not there any more.");
            return gone == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static Task<List<Deleted>> DeletedAsync(ParseResult parsed, AdminApi api, int limit, CancellationToken cancellation)
    {
        var since = parsed.GetValue(Since) is { } time ? "&since=" + AdminApi.Segment(time.UtcDateTime.ToString("O")) : "";
        return api.GetAsync<List<Deleted>>($"{AccountCommands.Path(parsed.GetValue(AccountCommands.Name)!)}/deleted?limit={limit}{since}", cancellation);
    }
}
