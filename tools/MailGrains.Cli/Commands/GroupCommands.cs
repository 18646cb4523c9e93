using System.CommandLine;
using System.Net.Http.Json;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>group add|list|show|delete|member add|member remove</summary>
internal static class GroupCommands
{
    /// <summary>Who can be in a group or hold a role.</summary>
    public static readonly Argument<string> Member = new("member") { Description = "An address or id of an account, or the name of a group." };

    private static readonly Argument<string> Name = new("group") { Description = "The group's name." };

    public static Command Create()
    {
        var address = new Option<string?>("--address") { Description = "Mail to this address goes to all members." };
        var add = new Command("add", "Create a group.") { Name, address };
        add.Runs(async (parsed, api, cancellation) =>
        {
            var content = JsonContent.Create(new { name = parsed.GetValue(Name), address = parsed.GetValue(address) });
            Print(parsed, [await api.PostAsync<Group>("/api/groups", content, cancellation)]);
        });

        var list = new Command("list", "List all groups.");
        list.Runs(async (parsed, api, cancellation) => Print(parsed, await api.ListAsync<Group>("/api/groups", g => g.Name, cancellation)));

        var show = new Command("show", "Show a group with its members.") { Name };
        show.Runs(async (parsed, api, cancellation) => Show(parsed, await api.GetAsync<Group>(Path(parsed), cancellation)));

        var delete = new Command("delete", "Delete a group; its members stay.") { Name };
        delete.Runs((parsed, api, cancellation) => api.CallAsync(HttpMethod.Delete, Path(parsed), null, cancellation));

        var join = new Command("add", "Make an account or a group a member.") { Name, Member };
        join.Runs((parsed, api, cancellation) => api.CallAsync(HttpMethod.Put, MemberPath(parsed), null, cancellation));

        var leave = new Command("remove", "Take a member out of a group.") { Name, Member };
        leave.Runs((parsed, api, cancellation) => api.CallAsync(HttpMethod.Delete, MemberPath(parsed), null, cancellation));

        return new Command("group", "Groups of accounts.") { add, list, show, delete, new Command("member", "Who is in a group.") { join, leave } };
    }

    private static string Path(ParseResult parsed) => "/api/groups/" + AdminApi.Segment(parsed.GetValue(Name)!);

    private static string MemberPath(ParseResult parsed) => $"{Path(parsed)}/members/{AdminApi.Segment(parsed.GetValue(Member)!)}";

    private static void Print(ParseResult parsed, IReadOnlyList<Group> groups) => Listing.Print(
        parsed, groups, ("Name", g => g.Name), ("Address", g => g.Address), ("Created", g => g.CreatedAt.ToString("yyyy-MM-dd HH:mm")), ("Id", g => g.Id));

    private static void Show(ParseResult parsed, Group group)
    {
        Print(parsed, [group]);
        if (!GlobalOptions.IsJson(parsed)) Listing.Print(parsed, group.Members ?? [], ("Member", m => m.Name), ("Kind", m => m.Kind), ("Id", m => m.Id));
    }
}
