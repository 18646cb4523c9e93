using System.CommandLine;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>role grant|revoke|list</summary>
internal static class RoleCommands
{
    public static Command Create()
    {
        var role = new Argument<string>("role") { Description = "The role's name." };
        var grant = new Command("grant", "Give a role to an account, or to all members of a group.") { role, GroupCommands.Member };
        grant.Runs((parsed, api, cancellation) => api.CallAsync(HttpMethod.Put, Path(parsed, role), null, cancellation));

        var revoke = new Command("revoke", "Take a role away.") { role, GroupCommands.Member };
        revoke.Runs((parsed, api, cancellation) => api.CallAsync(HttpMethod.Delete, Path(parsed, role), null, cancellation));

        var list = new Command("list", "List who holds which role.");
        list.Runs(async (parsed, api, cancellation) => Listing.Print(
            parsed,
            await api.GetAsync<List<Role>>("/api/roles", cancellation),
            ("Role", r => r.Name),
            ("Holder", r => r.Holder.Name),
            ("Kind", r => r.Holder.Kind)));

        return new Command("role", "Roles: what accounts and groups may do.") { grant, revoke, list };
    }

    private static string Path(ParseResult parsed, Argument<string> role) =>
        $"/api/roles/{AdminApi.Segment(parsed.GetValue(role)!)}/{AdminApi.Segment(parsed.GetValue(GroupCommands.Member)!)}";
}
