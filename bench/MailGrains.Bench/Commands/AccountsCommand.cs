using System.CommandLine;
using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Commands;

/// <summary><c>accounts</c>: the accounts that the rows use, for import.</summary>
internal static class AccountsCommand
{
    public static Command Create()
    {
        var template = new Option<string>("--user-template")
        {
            Description = "Format of the addresses; {0} is the number.",
            DefaultValueFactory = _ => Users.DefaultTemplate,
        };
        var password = new Option<string>("--password")
        {
            Description = "Password of all accounts.",
            DefaultValueFactory = _ => Users.DefaultPassword,
        };
        var command = new Command("accounts", "Print the accounts that must exist, as CSV: address,password.") { template, password };
        command.SetAction(parsed =>
        {
            for (var user = 1; user <= Users.Count; user++)
                Console.WriteLine($"{Users.Address(parsed.GetValue(template)!, user)},{parsed.GetValue(password)}");
            return 0;
        });
        return command;
    }
}
