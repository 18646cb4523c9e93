using System.CommandLine;
using MailGrains.Cli.Api;
using MailGrains.Cli.Mailstores;
using Spectre.Console;

namespace MailGrains.Cli.Commands;

/// <summary>export: an account's messages into files.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A folder that does not exist yet." };
        var format = new Option<string>("--format") { Description = "maildir or mbox.", DefaultValueFactory = _ => "maildir" };
        format.AcceptOnlyFromAmong("maildir", "mbox");
        var folder = new Option<string?>("--folder") { Description = "Only this folder." };
        var exact = new Option<bool>("--exact") { Description = "Keep the octets as they are, instead of LF line ends; an mbox then has no flags." };
        var command = new Command(
            "export",
            "Export all messages of an account. In folder names, characters that a file name can't have (and the dot, in a Maildir) are written as % and "
            + "two hexadecimal digits for each octet of their UTF-8, as is % itself; import reads them so from a Maildir.")
        { AccountCommands.Name, path, format, folder, exact };
        command.Runs((parsed, api, cancellation) =>
        {
            var target = parsed.GetValue(path)!;
            if (Path.Exists(target)) throw new CommandFailedException(ExitCode.Usage, $"{target} exists already.");
            var exactly = parsed.GetValue(exact);
            IMailTarget writer = parsed.GetValue(format) == "mbox" ? new MboxTarget(target, exactly) : new MaildirTarget(target, exactly);
            return RunAsync(parsed.GetValue(AccountCommands.Name)!, parsed.GetValue(folder), writer, api, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(string account, string? only, IMailTarget target, AdminApi api, CancellationToken cancellation)
    {
        var root = AccountCommands.Path(account);
        var folders = await api.GetAsync<List<Folder>>(root + "/folders", cancellation);
        if (only is not null) folders = folders.FindAll(f => f.Path.Equals(only, StringComparison.OrdinalIgnoreCase));
        if (folders.Count == 0) throw new CommandFailedException(ExitCode.Failed, $"There is no folder '{only}'.");

        int exported = 0, damaged = 0;
        await Progress.RunAsync("Messages", folders.Sum(f => (double)f.Messages), async advance =>
        {
            foreach (var folder in folders)
            {
                using var response = await api.StreamAsync($"{root}/messages?folder={AdminApi.Segment(folder.Path)}", cancellation);
                await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
                target.Begin(folder.Path);
                await foreach (var (message, octets) in ExportStream.ReadAsync(stream, cancellation))
                {
                    if (message.Problem is null)
                    {
                        target.Write(message, octets);
                        exported++;
                    }
                    else
                    {
                        damaged++;
                        CommandRunner.Errors.WriteLine($"skipped {folder.Path} UID {message.Uid}: {message.Problem}");
                    }

                    advance(1);
                }
            }
        });
        target.Dispose();
        AnsiConsole.WriteLine($"{exported} exported, {damaged} skipped");
        return damaged == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
