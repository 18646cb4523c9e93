using System.CommandLine;
using System.Net.Http.Json;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>domain add|list|disable|enable|remove</summary>
internal static class DomainCommands
{
    private static readonly Argument<string> Name = new("domain") { Description = "The domain." };

    public static Command Create()
    {
        var list = new Command("list", "List the domains; when there is none, addresses may be in any.");
        list.Runs(async (parsed, api, cancellation) => Listing.Print(
            parsed,
            await api.GetAsync<List<Domain>>("/api/domains", cancellation),
            ("Domain", d => d.Name),
            ("State", d => d.Disabled ? "disabled" : "active")));

        var remove = new Command("remove", "Take a domain without addresses from the list.") { Name };
        remove.Runs((parsed, api, cancellation) => api.CallAsync(HttpMethod.Delete, Path(parsed), null, cancellation));

        return new Command("domain", "Domains that addresses may be in.")
        {
            Set("add", "Add a domain: from the first on, new addresses must be in one of the list.", disabled: false),
            list,
            Set("disable", "Refuse mail to a domain and logins by its addresses, within half a minute.", disabled: true),
            Set("enable", "Undo disable.", disabled: false),
            remove,
        };
    }

    private static Command Set(string verb, string description, bool disabled)
    {
        var command = new Command(verb, description) { Name };
        command.Runs((parsed, api, cancellation) => api.CallAsync(HttpMethod.Put, Path(parsed), JsonContent.Create(new { disabled }), cancellation));
        return command;
    }

    private static string Path(ParseResult parsed) => "/api/domains/" + AdminApi.Segment(parsed.GetValue(Name)!);
}
