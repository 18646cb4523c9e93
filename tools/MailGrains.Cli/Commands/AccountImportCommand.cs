using System.CommandLine;
using System.Net.Http.Json;
using MailGrains.Cli.Api;
using Spectre.Console;

namespace MailGrains.Cli.Commands;

/// <summary>account import: accounts from a CSV file, <c>address,password</c> a line, in batches of which several are under way.</summary>
internal static class AccountImportCommand
{
    private const int Batch = 1000;
    private const int Parallelism = 4;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file")
        {
            Description =
                "CSV without a heading: address,password. An empty password: only receive mail. Hashed ones as {ARGON2ID}$argon2id$… or {SCRAM-SHA-256}….",
        };
        var command = new Command(
            "import", "Create accounts from a CSV file; lines that fail are reported, the others are done. Started again it goes on where it stopped.")
        {
            file,
        };
        command.Runs((parsed, api, cancellation) => RunAsync(parsed.GetValue(file)!, api, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo file, AdminApi api, CancellationToken cancellation)
    {
        if (!file.Exists) throw new CommandFailedException(ExitCode.Usage, $"There is no file {file.FullName}.");
        var run = new Run(api);
        await Progress.RunAsync("Accounts", file.Length, async advance =>
        {
            await Parallel.ForEachAsync(
                run.BatchesAsync(file, cancellation),
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
                async (batch, token) =>
                {
                    await run.SendAsync(batch.Lines, token);
                    lock (run) advance(batch.Octets);
                });
        });
        AnsiConsole.WriteLine(run.Existing == 0
            ? $"{run.Created} created, {run.Failed} failed"
            : $"{run.Created} created, {run.Failed} failed, {run.Existing} were there already");
        return run.Failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private sealed record Line(int Number, string Address, string? Password);

    /// <summary>The counts of one import, from several requests at once.</summary>
    private sealed class Run(AdminApi api)
    {
        private int _created;
        private int _existing;
        private int _failed;

        public int Created => _created;

        public int Existing => _existing;

        public int Failed => _failed;

        public async IAsyncEnumerable<(List<Line> Lines, long Octets)> BatchesAsync(
            FileInfo file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            var lines = new List<Line>(Batch);
            long sent = 0, read = 0;
            await foreach (var (number, address, password, problem, octets) in AccountFile.ReadAsync(file, cancellation))
            {
                read = octets;
                if (problem is not null) Fail(number, problem);
                else lines.Add(new Line(number, address, password));
                if (lines.Count < Batch) continue;
                yield return (lines, read - sent);
                (lines, sent) = (new List<Line>(Batch), read);
            }

            if (lines.Count > 0) yield return (lines, read - sent);
        }

        public async Task SendAsync(List<Line> lines, CancellationToken cancellation)
        {
            try
            {
                var content = JsonContent.Create(lines.Select(l => new { address = l.Address, password = l.Password }));
                var report = await api.PostAsync<ImportReport>("/api/accounts/import", content, cancellation);
                Interlocked.Add(ref _created, report.Created);
                Interlocked.Add(ref _existing, report.Existing);
                foreach (var failure in report.Failures) Fail(lines[failure.Row].Number, failure.Message);
            }
            catch (CommandFailedException refused) when (refused.ExitCode is ExitCode.Failed)
            {
                foreach (var line in lines) Fail(line.Number, refused.Message);
            }
        }

        private void Fail(int line, string message)
        {
            Interlocked.Increment(ref _failed);
            CommandRunner.Errors.WriteLine($"line {line}: {message}");
        }
    }
}
