using System.CommandLine;
using MailGrains.Verify.Files;
using MailGrains.Verify.Proofs;

namespace MailGrains.Verify;

/// <summary>The command line.</summary>
public static class VerifyCommand
{
    /// <summary>Runs the program: problems and the summary go to <paramref name="output"/>, what prevents checking to <paramref name="error"/>.</summary>
    /// <returns>The exit code: 0 unchanged, 1 problems, 2 wrong command line or nothing readable.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var folder = new Argument<string>("folder") { Description = "The export." };
        var keys = Keys();
        var checkpoints = Checkpoints();
        var receipts = new Option<string[]>("--receipt") { Description = "A receipt (r1.…) to look up; may be repeated." };
        var receiptFiles = new Option<string[]>("--receipts") { Description = "A file of receipts, one a line; may be repeated." };
        var authorities = new Option<string[]>("--tsa-cert")
        {
            Description = "A PEM file with the certificate of a time stamp authority, or of who issued it; may be repeated.",
        };
        var breaks = new Option<long[]>("--accept-break") { Description = "The number of a head whose break you know to be right; may be repeated." };
        var root = new RootCommand("""
            Checks an export of a MailGrains log without the server: that nothing in it was changed, removed, added or put into another order since its
            checkpoints were signed. Prints a line for every problem.

            Exit codes: 0 unchanged; 1 problems; 2 wrong command line, or nothing there that can be read.
            """)
        {
            folder, keys, checkpoints, receipts, receiptFiles, authorities, breaks, Proof(output, error),
        };
        root.SetAction(parsed => Run(
            report => Verification.Run(
                new VerifyRequest(
                    parsed.GetValue(folder)!,
                    parsed.GetValue(keys) ?? [],
                    parsed.GetValue(checkpoints) ?? [],
                    parsed.GetValue(receipts) ?? [],
                    parsed.GetValue(receiptFiles) ?? [],
                    parsed.GetValue(authorities) ?? [],
                    parsed.GetValue(breaks) ?? []),
                report,
                cancellation),
            output,
            error));

        var parsed = root.Parse(arguments);
        var console = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        var code = await parsed.InvokeAsync(console, cancellation);
        return parsed.Errors.Count > 0 ? ExitCode.Unreadable : code;
    }

    private static Command Proof(TextWriter output, TextWriter error)
    {
        var file = new Argument<string>("file") { Description = "The proof, as the server made it from a receipt." };
        var keys = Keys();
        var checkpoints = Checkpoints();
        var command = new Command("proof", "Checks the proof of one event. Exit codes: 0 proved; 1 not proved; 2 as above.") { file, keys, checkpoints };
        command.SetAction(parsed => Run(
            report => ProofCheck.Run(new ProofRequest(parsed.GetValue(file)!, parsed.GetValue(keys) ?? [], parsed.GetValue(checkpoints) ?? []), report),
            output,
            error));
        return command;
    }

    private static Option<string[]> Keys() => new("--key")
    {
        Description = "The log's public key, name+id+base64, as you got it when nothing was in doubt. Repeat it for a log that has changed its key.",
    };

    private static Option<string[]> Checkpoints() => new("--checkpoint") { Description = "A checkpoint or head you kept elsewhere; may be repeated." };

    private static int Run(Action<Report> check, TextWriter output, TextWriter error)
    {
        try
        {
            var report = new Report(output);
            check(report);
            return report.Problems == 0 ? ExitCode.Unchanged : ExitCode.Problems;
        }
        catch (UnreadableException unreadable)
        {
            error.WriteLine("mailgrains-verify: " + unreadable.Message);
        }
        catch (Exception failure) when (ExportFolder.IsUnreadable(failure))
        {
            error.WriteLine($"mailgrains-verify: a folder of the export can't be read ({failure.Message}); what follows was not checked.");
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("mailgrains-verify: stopped before the end; nothing is proved.");
        }

        return ExitCode.Unreadable;
    }
}
