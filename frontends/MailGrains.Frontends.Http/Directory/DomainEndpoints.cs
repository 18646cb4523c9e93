using MailGrains.Frontends.Http.Accounts;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Directory;

/// <summary>/api/domains: the domains that addresses may be in; when there is none, any.</summary>
internal sealed class DomainEndpoints(AccountDirectory directory)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/domains", async () => (await directory.Whole.ListDomainsAsync()).Select(d => new DomainView(d.Name, d.Disabled)));
        api.MapPut("/domains/{name}", (string name, DomainState state, HttpContext http) =>
            ForAsync(name, domain => directory.Whole.SetDomainAsync(new DomainProfile(domain, state.Disabled), AdminAccess.ActorOf(http))));
        api.MapDelete("/domains/{name}", (string name, HttpContext http) =>
            ForAsync(name, domain => directory.Whole.RemoveDomainAsync(domain, AdminAccess.ActorOf(http))));
    }

    private static async Task<IResult> ForAsync(string name, Func<string, Task> act) => MailAddress.TryParse("x@" + name, out var canonical)
        ? await GroupEndpoints.DoneAsync(act(canonical.Domain))
        : ApiError.BadRequest($"'{name}' is no domain.");
}
