using MailGrains.Frontends.Http.Accounts;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Directory;

/// <summary>/api/groups and /api/roles.</summary>
internal sealed class GroupEndpoints(AccountDirectory directory)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/groups", async (string? after, int? limit) =>
            (await directory.Whole.ListGroupsAsync(after, limit ?? AccountDirectory.DefaultPage)).Select(g => GroupView.Of(g, null)));
        api.MapPost("/groups", CreateAsync);
        api.MapGet("/groups/{name}", async (string name) =>
            GroupView.Of(await directory.Whole.GetGroupAsync(name), await directory.Whole.ListMembersAsync(name)));
        api.MapDelete("/groups/{name}", (string name, HttpContext http) => DoneAsync(directory.Whole.DeleteGroupAsync(name, By(http))));
        api.MapPut("/groups/{name}/members/{member}", async (string name, string member, HttpContext http) =>
            await DoneAsync(directory.Whole.AddMemberAsync(name, await directory.FindMemberAsync(member), By(http))));
        api.MapDelete("/groups/{name}/members/{member}", async (string name, string member, HttpContext http) =>
            await DoneAsync(directory.Whole.RemoveMemberAsync(name, await directory.FindMemberAsync(member), By(http))));
        api.MapGet("/roles", async () => (await directory.Whole.ListRolesAsync()).Select(RoleView.Of));
        api.MapPut("/roles/{role}/{holder}", async (string role, string holder, HttpContext http) =>
            await DoneAsync(directory.Whole.GrantAsync(role, await directory.FindMemberAsync(holder), By(http))));
        api.MapDelete("/roles/{role}/{holder}", async (string role, string holder, HttpContext http) =>
            await DoneAsync(directory.Whole.RevokeAsync(role, await directory.FindMemberAsync(holder), By(http))));
    }

    internal static async Task<IResult> DoneAsync(Task change)
    {
        await change;
        return Results.NoContent();
    }

    private static AdminActor By(HttpContext http) => AdminAccess.ActorOf(http);

    private async Task<IResult> CreateAsync(GroupRequest request, HttpContext http)
    {
        var address = default(MailAddress);
        if (request.Address is not null && !AccountDirectory.TryAddress(request.Address, out address, out var wrong)) return ApiError.BadRequest(wrong);
        var group = await directory.Whole.CreateGroupAsync(request.Name ?? "", request.Address is null ? null : address, By(http));
        return Results.Created($"/api/groups/{Uri.EscapeDataString(group.Name)}", GroupView.Of(group, []));
    }
}
