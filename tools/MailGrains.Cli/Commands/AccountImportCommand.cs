using System.CommandLine;
using System.Net.Http.Json;
using MailGrains.Cli.Api;
using Spectre.Console;

namespace MailGrains.Cli.Commands;

/// <summary>account import: accounts from a CSV file, <c>address,password</c> a line.</summary>
internal static class AccountImportCommand
{
    private const int Parallelism = 8;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV without a heading: address,password. An empty password: only receive mail." };
        var command = new Command("import", "Create accounts from a CSV file; lines that fail are reported, the others are done.") { file };
        command.Runs((parsed, api, cancellation) => RunAsync(parsed.GetValue(file)!, api, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo file, AdminApi api, CancellationToken cancellation)
    {
        if (!file.Exists) throw new CommandFailedException(ExitCode.Usage, $"There is no file {file.FullName}.");
        var lines = (await File.ReadAllLinesAsync(file.FullName, cancellation)).Select((text, i) => (Text: text.Trim(), Number: i + 1))
            .Where(l => l.Text.Length > 0 && !l.Text.StartsWith('#')).ToList();
        int created = 0, failed = 0;
        await Progress.RunAsync("Accounts", lines.Count, async advance => await Parallel.ForEachAsync(
            lines,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
            async (line, token) =>
            {
                try
                {
                    var (address, password) = Split(line.Text);
                    await api.PostAsync<Account>("/api/accounts", JsonContent.Create(new { address, password }), token);
                    Interlocked.Increment(ref created);
                }
                catch (CommandFailedException refused) when (refused.ExitCode is ExitCode.Failed)
                {
                    Interlocked.Increment(ref failed);
                    CommandRunner.Errors.WriteLine($"line {line.Number}: {refused.Message}");
                }

                advance(1);
            }));
        AnsiConsole.WriteLine($"{created} created, {failed} failed");
        return failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static (string Address, string? Password) Split(string line)
    {
        var comma = line.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0) return (line, null);
        var password = line[(comma + 1)..];
        if (password is ['"', .., '"']) password = password[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal);
        return (line[..comma], password.Length == 0 ? null : password);
    }
}
