using System.CommandLine;
using System.Formats.Tar;
using System.Net.Http.Json;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>case export: what a search found, into files with a manifest of hashes.</summary>
internal static class CaseExportCommand
{
    public static Command Create()
    {
        var search = new Argument<int>("search") { Description = "Number of the search whose messages are exported." };
        var output = new Argument<string>("path") { Description = "A folder that does not exist yet." };
        var format = new Option<string>("--format") { Description = "eml, mbox, csv, concordance or edrm.", DefaultValueFactory = _ => "eml" };
        format.AcceptOnlyFromAmong("eml", "mbox", "csv", "concordance", "edrm");
        var tag = new Option<string?>("--tag") { Description = "Only messages with this tag." };
        var command = new Command("export", "Export what a search found; the same search gives the same files again.")
        {
            CaseCommands.Id, search, output, format, tag,
        };
        command.RunsAsOfficer(async (parsed, api, cancellation) =>
        {
            var folder = parsed.GetValue(output)!;
            if (Path.Exists(folder)) throw new CommandFailedException(ExitCode.Usage, $"{folder} exists already.");
            var content = JsonContent.Create(new { search = parsed.GetValue(search), format = parsed.GetValue(format), tag = parsed.GetValue(tag) });
            var export = await api.PostAsync<CaseExport>(CaseCommands.Path(parsed) + "/exports", content, cancellation);
            using var response = await api.StreamAsync($"{CaseCommands.Path(parsed)}/exports/{export.Number}/files", cancellation);
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            Directory.CreateDirectory(folder);
            await TarFile.ExtractToDirectoryAsync(stream, folder, overwriteFiles: false, cancellation);
            if (GlobalOptions.IsJson(parsed)) Listing.PrintJson(export);
            else Console.WriteLine($"Export {export.Number}: {export.Items} messages in {folder}; SHA-256 of manifest.sha256: {export.Sha256}");
        });
        return command;
    }
}
