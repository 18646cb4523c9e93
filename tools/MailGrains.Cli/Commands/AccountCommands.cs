using System.CommandLine;
using System.Net.Http.Json;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>account add|list|show|passwd|disable|enable|delete|import</summary>
internal static class AccountCommands
{
    public static readonly Argument<string> Name = new("account") { Description = "An address or id of the account." };

    public static Command Create() => new("account", "Accounts: who has a mailbox.")
    {
        Add(),
        List(),
        Show(),
        Passwd(),
        SetState("disable", "Refuse logins and mail of an account, and end its sessions.", disabled: true),
        SetState("enable", "Undo disable.", disabled: false),
        Delete(),
        AccountImportCommand.Create(),
    };

    public static string Path(string account) => "/api/accounts/" + AdminApi.Segment(account);

    public static Task<List<Account>> ListAsync(AdminApi api, CancellationToken cancellation) =>
        api.ListAsync<Account>("/api/accounts", a => a.Login, cancellation);

    private static Command Add()
    {
        var address = new Argument<string>("address") { Description = "Its first address, which is also its login." };
        var without = new Option<bool>("--no-password") { Description = "Only receive mail: nobody can log in until passwd." };
        var command = new Command("add", "Create an account.") { address, without, PasswordInput.FromStdin };
        command.Runs(async (parsed, api, cancellation) =>
        {
            var password = parsed.GetValue(without) ? null : PasswordInput.Read(parsed);
            var content = JsonContent.Create(new { address = parsed.GetValue(address), password });
            Print(parsed, [await api.PostAsync<Account>("/api/accounts", content, cancellation)]);
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List all accounts.");
        command.Runs(async (parsed, api, cancellation) => Print(parsed, await ListAsync(api, cancellation)));
        return command;
    }

    private static Command Show()
    {
        var command = new Command("show", "Show one account.") { Name };
        command.Runs(async (parsed, api, cancellation) => Print(parsed, [await api.GetAsync<Account>(Path(parsed.GetValue(Name)!), cancellation)]));
        return command;
    }

    private static Command Passwd()
    {
        var command = new Command("passwd", "Set an account's password.") { Name, PasswordInput.FromStdin };
        command.Runs(async (parsed, api, cancellation) =>
        {
            var content = JsonContent.Create(new { password = PasswordInput.Read(parsed) });
            await api.CallAsync(HttpMethod.Put, Path(parsed.GetValue(Name)!) + "/password", content, cancellation);
        });
        return command;
    }

    private static Command SetState(string verb, string description, bool disabled)
    {
        var command = new Command(verb, description) { Name };
        command.Runs((parsed, api, cancellation) =>
            api.CallAsync(HttpMethod.Put, Path(parsed.GetValue(Name)!) + "/state", JsonContent.Create(new { disabled }), cancellation));
        return command;
    }

    private static Command Delete()
    {
        var command = new Command("delete", "Remove an account from the directory; its stored mail stays.") { Name };
        command.Runs((parsed, api, cancellation) => api.CallAsync(HttpMethod.Delete, Path(parsed.GetValue(Name)!), null, cancellation));
        return command;
    }

    private static void Print(ParseResult parsed, IReadOnlyList<Account> accounts) => Listing.Print(
        parsed,
        accounts,
        ("Login", a => a.Login),
        ("Other addresses", a => string.Join(" ", a.Addresses.Skip(1))),
        ("State", a => a.Disabled ? "disabled" : "active"),
        ("Created", a => a.CreatedAt.ToString("yyyy-MM-dd HH:mm")),
        ("Id", a => a.Id));
}
