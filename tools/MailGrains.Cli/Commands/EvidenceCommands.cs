using System.CommandLine;
using System.Globalization;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>evidence: what shows later, without the server, that the log was not changed.</summary>
internal static class EvidenceCommands
{
    public static Command Create() => new("evidence", "Sign the event log, and export it for mailgrains-verify.") { Key(), Checkpoints(), Export() };

    private static Command Key()
    {
        var command = new Command("key", "Show the public key of the log. Keep it where the server can't reach it.");
        command.Runs(async (parsed, api, cancellation) => Listing.Print(
            parsed, [await api.GetAsync<LogKey>("/api/evidence/key", cancellation)], ("Log", k => k.Name), ("Key", k => k.Key)));
        return command;
    }

    private static Command Checkpoints()
    {
        var folder = new Argument<string?>("folder")
        {
            Description = "Where to write them, a file each; without it they are only listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("checkpoints", "Sign the log as it is now. Keep checkpoints where the server can't reach them.") { folder };
        command.Runs(async (parsed, api, cancellation) =>
        {
            var checkpoints = await api.GetAsync<List<LogCheckpoint>>("/api/evidence/checkpoints", cancellation);
            if (parsed.GetValue(folder) is { } path)
            {
                Directory.CreateDirectory(path);
                foreach (var checkpoint in checkpoints) await File.WriteAllTextAsync(FileOf(path, checkpoint), checkpoint.Note, cancellation);
            }

            Listing.Print(parsed, checkpoints, ("Partition", c => c.Partition), ("Events", c => c.Size), ("Root", RootOf));
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
            return written.Damaged.Count > 0 ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static string FileOf(string folder, LogCheckpoint checkpoint) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Partition}-{checkpoint.Size}.txt"));

    /// <summary>The third line of a checkpoint.</summary>
    private static string RootOf(LogCheckpoint checkpoint) => checkpoint.Note.Split('\n') is [_, _, var root, ..] ? root : "";
}
