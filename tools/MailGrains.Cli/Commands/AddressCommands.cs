using System.CommandLine;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>address add|remove|list</summary>
internal static class AddressCommands
{
    public static Command Create()
    {
        var address = new Argument<string>("address") { Description = "The further address." };
        var add = new Command("add", "Give an account a further address.") { AccountCommands.Name, address };
        add.Runs(async (parsed, api, cancellation) => Print(parsed, await api.PostAsync<Account>(Path(parsed, address), null, cancellation)));

        var remove = new Command("remove", "Take an address from an account.") { AccountCommands.Name, address };
        remove.Runs((parsed, api, cancellation) => api.CallAsync(HttpMethod.Delete, Path(parsed, address), null, cancellation));

        var list = new Command("list", "List an account's addresses.") { AccountCommands.Name };
        list.Runs(async (parsed, api, cancellation) =>
            Print(parsed, await api.GetAsync<Account>(AccountCommands.Path(parsed.GetValue(AccountCommands.Name)!), cancellation)));

        return new Command("address", "Addresses that lead to an account.") { add, remove, list };
    }

    private static string Path(ParseResult parsed, Argument<string> address) =>
        $"{AccountCommands.Path(parsed.GetValue(AccountCommands.Name)!)}/addresses/{AdminApi.Segment(parsed.GetValue(address)!)}";

    private static void Print(ParseResult parsed, Account account) => Listing.Print(parsed, account.Addresses, ("Address", a => a));
}
