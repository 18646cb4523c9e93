using MailGrains.Frontends.Http.Accounts;
using MailGrains.Grains.Contracts.Mailboxes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Cluster;

/// <summary>/api/cluster: the silos, and where a mailbox is.</summary>
internal sealed class ClusterEndpoints(ClusterMembers members, AccountDirectory directory, IGrainFactory grains)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/cluster/silos", members.ListAsync);
        api.MapGet("/cluster/silos/{name}", (string name) => WithAsync(name, silo => Task.FromResult(Results.Ok(silo))));
        api.MapPost("/cluster/silos/{name}/drain", (string name) => WithAsync(name, DrainAsync));
        api.MapDelete("/cluster/silos/{name}/drain", (string name) => WithAsync(name, UndrainAsync));
        api.MapGet("/accounts/{name}/location", LocateAsync);
    }

    private async Task<IResult> WithAsync(string name, Func<SiloView, Task<IResult>> act) =>
        await members.FindAsync(name) is { } silo
            ? await act(silo)
            : ApiError.NotFound($"'{name}' is no silo of this cluster, or more than one.");

    private async Task<IResult> DrainAsync(SiloView silo) => await members.Node(silo).DrainAsync()
        ? Results.Ok(await members.FindAsync(silo.Silo))
        : ApiError.Result(StatusCodes.Status409Conflict, "no-other-silo", "There is no other silo that could take its mailboxes; nothing was done.");

    private async Task<IResult> UndrainAsync(SiloView silo)
    {
        await members.Node(silo).UndrainAsync();
        return Results.Ok(await members.FindAsync(silo.Silo));
    }

    private async Task<LocationView> LocateAsync(string name)
    {
        var profile = await directory.FindAsync(name);
        var mailbox = grains.GetGrain<IMailboxGrain>(profile.Id.Value);

        // Asked first, so that looking for it does not open it.
        if (await members.Management.GetActivationAddress(mailbox) is null)
            return new LocationView(profile.Id.ToString(), profile.Login, "closed", null, null, null);
        var found = await mailbox.LocateAsync();
        return new LocationView(profile.Id.ToString(), profile.Login, found.State, found.Silo, found.Epoch, found.Sessions);
    }
}
