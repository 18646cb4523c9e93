using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using MailGrains.Cli.Api;
using Spectre.Console;

namespace MailGrains.Cli.Commands;

/// <summary>evidence: what shows later, without the server, that the log was not changed.</summary>
internal static class EvidenceCommands
{
    public static Command Create() => new("evidence", "Sign the event log, and export it for mailgrains-verify.")
    {
        Key(), Checkpoints(), AcceptBreak(), Export(),
    };

    private static Command Key()
    {
        var command = new Command("key", "Show the public key of the log. Keep it where the server can't reach it.");
        command.Runs(async (parsed, api, cancellation) => Listing.Print(
            parsed, [await api.GetAsync<LogKey>("/api/evidence/key", cancellation)], ("Log", k => k.Name), ("Key", k => k.Key)));
        return command;
    }

    private static Command Checkpoints()
    {
        var folder = new Argument<string?>("folder") { Description = "The same as --out.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--out")
        {
            Description = "A folder to write them to: every head of the log with its time stamp, and the last checkpoint of each partition.",
        };
        var command = new Command("checkpoints", "Sign the log as it is now, and list what was signed. Keep checkpoints where the server can't reach them.")
        {
            folder, output,
        };
        command.Runs(async (parsed, api, cancellation) =>
        {
            List<LogCheckpoint> checkpoints = [];
            CommandFailedException? refused = null;
            try
            {
                checkpoints = await api.GetAsync<List<LogCheckpoint>>("/api/evidence/checkpoints", cancellation);
            }
            catch (CommandFailedException failed) when (failed.ExitCode == ExitCode.Failed)
            {
                // What was signed before is worth looking at now more than ever.
                refused = failed;
            }

            var heads = await api.GetAsync<List<LogHead>>("/api/evidence/heads", cancellation);
            if ((parsed.GetValue(output) ?? parsed.GetValue(folder)) is { } path) await SaveAsync(path, checkpoints, heads, cancellation);
            Listing.Print(
                parsed,
                heads,
                ("Number", h => h.Number),
                ("Time", h => h.Time?.ToString("u", CultureInfo.InvariantCulture)),
                ("Partitions", h => h.Partitions),
                ("Events", h => h.Events),
                ("Time stamp", h => h.TimeStamp is null ? "" : "yes"),
                ("Break", h => h.Break));
            if (refused is not null) throw refused;
        });
        return command;
    }

    private static Command AcceptBreak()
    {
        var reason = new Option<string>("--reason") { Description = "Why this is right; it is signed, and in every export.", Required = true };
        var command = new Command("accept-break", "Sign a log again that is no continuation of what was signed, as after a backup was restored.") { reason };
        command.Runs(async (parsed, api, cancellation) =>
        {
            var content = JsonContent.Create(new { reason = parsed.GetRequiredValue(reason) });
            var head = await api.PostAsync<LogHead>("/api/evidence/accept-break", content, cancellation);
            Listing.Print(parsed, [head], ("Number", h => h.Number), ("Events", h => h.Events), ("Break", h => h.Break));
        });
        return command;
    }

    private static Command Export()
    {
        var name = new Argument<string>("name") { Description = "Name of a new folder below exports in the server's data folder." };
        var command = new Command("export", "Write log, checkpoints and messages to a folder on the server that mailgrains-verify checks.") { name };
        command.Runs(async (parsed, api, cancellation) =>
        {
            var path = $"/api/evidence/exports/{AdminApi.Segment(parsed.GetRequiredValue(name))}";
            var written = await api.PostAsync<EvidenceExport>(path, null, cancellation);
            Listing.Print(
                parsed,
                [written],
                ("Folder", e => e.Folder),
                ("Events", e => e.Events),
                ("Checkpoints", e => e.Checkpoints),
                ("Bodies", e => e.Bodies),
                ("Collected", e => e.Collected),
                ("Damaged", e => e.Damaged.Count));
            if (written.NotSigned is { } problem) CommandRunner.Errors.WriteLine("mailgrains: " + problem);
            return written.Damaged.Count > 0 ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static async Task SaveAsync(string path, List<LogCheckpoint> checkpoints, List<LogHead> heads, CancellationToken cancellation)
    {
        Directory.CreateDirectory(path);
        foreach (var checkpoint in checkpoints)
            await File.WriteAllTextAsync(Name($"{checkpoint.Partition}-{checkpoint.Size}.txt"), checkpoint.Note, cancellation);
        foreach (var head in heads)
        {
            await File.WriteAllTextAsync(Name($"head-{head.Number}.txt"), head.Note, cancellation);
            if (head.TimeStamp is { } stamp) await File.WriteAllBytesAsync(Name($"head-{head.Number}.tst"), stamp, cancellation);
        }

        string Name(FormattableString name) => Path.Combine(path, FormattableString.Invariant(name));
    }
}
