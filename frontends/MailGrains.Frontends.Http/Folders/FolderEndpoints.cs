using MailGrains.Frontends.Http.Accounts;
using MailGrains.Grains.Contracts.Folders;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Folders;

/// <summary>/api/accounts/{name}/folders; a folder's path, which has slashes, is in the query.</summary>
internal sealed class FolderEndpoints(AccountDirectory directory, IGrainFactory grains)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts/{name}/folders", ListAsync);
        api.MapPost("/accounts/{name}/folders", CreateAsync);
        api.MapDelete("/accounts/{name}/folders", DeleteAsync);
        api.MapPost("/accounts/{name}/folders/rename", RenameAsync);
    }

    private async Task<IReadOnlyList<FolderView>> ListAsync(string name)
    {
        var mailbox = await MailboxAsync(name);
        var tree = await mailbox.ListAsync();
        var status = await mailbox.StatusAsync(new FolderPaths([.. tree.Folders.Select(f => f.Path)]));
        return [.. tree.Folders.Zip(status.Items, FolderView.Of)];
    }

    private async Task<IResult> CreateAsync(string name, string path, string? specialUse)
    {
        var folder = await (await MailboxAsync(name)).CreateFolderAsync(SessionId.None, path, specialUse);
        return Results.Created((string?)null, FolderView.Of(folder, null));
    }

    private async Task<IResult> DeleteAsync(string name, string path)
    {
        await (await MailboxAsync(name)).DeleteFolderAsync(SessionId.None, path);
        return Results.NoContent();
    }

    private async Task<IResult> RenameAsync(string name, string from, string to)
    {
        await (await MailboxAsync(name)).RenameFolderAsync(SessionId.None, from, to);
        return Results.NoContent();
    }

    private async Task<IMailboxGrain> MailboxAsync(string name) => grains.GetGrain<IMailboxGrain>((await directory.FindAsync(name)).Id.Value);
}
