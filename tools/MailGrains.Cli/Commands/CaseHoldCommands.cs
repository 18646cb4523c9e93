using System.CommandLine;
using System.Net.Http.Json;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>case custodian|hold|release</summary>
internal static class CaseHoldCommands
{
    private static readonly Option<int[]> Custodians = new("--custodian") { Description = "Number of a custodian; may be repeated. None: all." };

    private static readonly Option<string> Reason = new("--reason") { Description = "Why; it is written down.", Required = true };

    public static Command Custodian()
    {
        var accounts = new Argument<string[]>("account") { Description = "Addresses or ids of accounts." };
        var groups = new Option<string[]>("--group") { Description = "All accounts that are in this group; may be repeated." };
        var asOf = new Option<DateTimeOffset?>("--as-of") { Description = "Who was in the groups then, also who has left since; without, who is now." };
        var command = new Command("custodian", "Add accounts whose mail the case is about.") { CaseCommands.Id, accounts, groups, asOf };
        command.RunsAsOfficer(async (parsed, api, cancellation) =>
        {
            var content = JsonContent.Create(new
            {
                accounts = parsed.GetValue(accounts),
                groups = parsed.GetValue(groups),
                asOf = parsed.GetValue(asOf),
            });
            CaseCommands.Print(parsed, await api.PostAsync<Case>(CaseCommands.Path(parsed) + "/custodians", content, cancellation));
        });
        return command;
    }

    public static Command Hold() => Create("hold", "Hold mailboxes: nothing in them is removed for good from now on. Their users notice nothing.");

    public static Command Release() => Create("release", "Release holds; where two people have to, ask for it, until somebody else does the same.");

    private static Command Create(string verb, string description)
    {
        var command = new Command(verb, description) { CaseCommands.Id, Custodians, Reason };
        command.RunsAsOfficer(async (parsed, api, cancellation) =>
        {
            var content = JsonContent.Create(new { custodians = parsed.GetValue(Custodians), reason = parsed.GetValue(Reason) });
            CaseCommands.Print(parsed, await api.PostAsync<Case>($"{CaseCommands.Path(parsed)}/{verb}", content, cancellation));
        });
        return command;
    }
}
