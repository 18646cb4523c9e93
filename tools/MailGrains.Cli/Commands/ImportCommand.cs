using System.CommandLine;
using System.Globalization;
using MailGrains.Cli.Api;
using MailGrains.Cli.Mailstores;
using Spectre.Console;

namespace MailGrains.Cli.Commands;

/// <summary>import: messages from files into an account.</summary>
internal static class ImportCommand
{
    private const int Parallelism = 16;

    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "An mbox file, a Maildir, an .eml file or a folder of them." };
        var folder = new Option<string>("--folder") { Description = "Where messages without a folder of their own go.", DefaultValueFactory = _ => "INBOX" };
        var command = new Command(
            "import",
            "Import messages. Started again it goes on where it stopped: what was imported is not stored twice. The date a message is stored with is that of "
            + "its file in a Maildir and of its From line in an mbox; without one, and of an .eml file, that of the topmost Received field, else of the Date "
            + "field, else of the file.")
        {
            AccountCommands.Name, path, folder,
        };
        command.Runs((parsed, api, cancellation) =>
            RunAsync(parsed.GetValue(AccountCommands.Name)!, parsed.GetValue(path)!, parsed.GetValue(folder)!, api, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string account, string path, string folder, AdminApi api, CancellationToken cancellation)
    {
        await api.GetAsync<Account>(AccountCommands.Path(account), cancellation);
        var root = AccountCommands.Path(account) + "/messages";
        var store = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        int imported = 0, skipped = 0;
        await Progress.RunAsync("Messages", MailSource.Size(path), async advance => await Parallel.ForEachAsync(
            MailSource.Read(path, folder),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
            async (item, token) =>
            {
                var problem = item.Message is null ? item.Problem : await SendAsync(api, root, store, item.Message, token);
                if (problem is null) Interlocked.Increment(ref imported);
                else
                {
                    Interlocked.Increment(ref skipped);
                    CommandRunner.Errors.WriteLine($"skipped {item.Source}: {problem}");
                }

                lock (api) advance(item.Octets);
            }));
        AnsiConsole.WriteLine($"{imported} imported, {skipped} skipped");
        return skipped == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>null when the server has it; else why it refused this one message.</summary>
    private static async Task<string?> SendAsync(AdminApi api, string root, string store, SourceMessage message, CancellationToken cancellation)
    {
        var source = AdminApi.Segment(store + "/" + message.Source);
        var query = $"?folder={AdminApi.Segment(message.Folder)}&source={source}&flags={AdminApi.Segment(message.Flags)}";
        if (message.Date is { } date) query += "&date=" + date.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        try
        {
            using var content = new ByteArrayContent(message.Octets);
            await api.CallAsync(HttpMethod.Post, root + query, content, cancellation);
            return null;
        }
        catch (CommandFailedException refused) when (refused.ExitCode == ExitCode.Failed)
        {
            return refused.Message;
        }
    }
}
