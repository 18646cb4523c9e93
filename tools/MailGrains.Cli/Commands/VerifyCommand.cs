using System.CommandLine;
using MailGrains.Cli.Api;
using Spectre.Console;

namespace MailGrains.Cli.Commands;

/// <summary>verify: mailboxes checked against themselves.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var account = new Argument<string?>("account") { Description = "Only this account; all without it.", Arity = ArgumentArity.ZeroOrOne };
        var repair = new Option<bool>("--repair") { Description = "Recompute counters that are wrong." };
        var command = new Command("verify", "Check mailboxes against their logs and bodies: event chains, indexes, checksums, counters.") { account, repair };
        command.Runs((parsed, api, cancellation) => RunAsync(parsed, parsed.GetValue(account), parsed.GetValue(repair), api, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, string? only, bool repair, AdminApi api, CancellationToken cancellation)
    {
        var names = only is not null ? [only] : (await AccountCommands.ListAsync(api, cancellation)).ConvertAll(a => a.Id);
        var reports = new List<VerificationReport>();
        await Progress.RunAsync("Mailboxes", names.Count, async advance =>
        {
            foreach (var name in names)
            {
                reports.Add(await api.PostAsync<VerificationReport>(
                    $"{AccountCommands.Path(name)}/verify?repair={(repair ? "true" : "false")}", null, cancellation));
                advance(1);
            }
        });

        if (GlobalOptions.IsJson(parsed)) Listing.PrintJson(reports);
        else Print(parsed, reports);
        return reports.Exists(r => r.Problems.Count > 0) ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Print(ParseResult parsed, List<VerificationReport> reports)
    {
        Listing.Print(
            parsed,
            reports,
            ("Account", r => r.Account),
            ("Folders", r => r.Folders),
            ("Messages", r => r.Messages),
            ("Octets", r => r.Octets),
            ("Events", r => r.Events),
            ("Result", r => r.Problems.Count > 0 ? $"{r.Problems.Count} problems" : r.Repaired ? "repaired" : "good"));
        var problems = reports.SelectMany(r => r.Problems.Select(p => (r.Account, Problem: p))).ToList();
        if (problems.Count == 0) return;
        AnsiConsole.WriteLine();
        Listing.Print(
            parsed, problems, ("Account", p => p.Account), ("Folder", p => p.Problem.Folder), ("UID", p => p.Problem.Uid), ("Problem", p => p.Problem.Problem));
    }
}
