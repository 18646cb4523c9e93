using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MailGrains.Frontends.Http.Cases;

/// <summary>Lets officers through: accounts with a role for cases, by HTTP Basic. What another site makes a browser ask is refused.</summary>
internal sealed class OfficerAccess(AccountAccess accounts)
{
    public const string Path = "/api/cases";

    /// <summary>Stands before the endpoints: a stranger's body is not even read.</summary>
    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (await RefusedAsync(context) is { } refused) await refused.ExecuteAsync(context);
        else await next(context);
    }

    /// <summary>For endpoints that a role is needed for.</summary>
    public static Func<EndpointFilterInvocationContext, EndpointFilterDelegate, ValueTask<object?>> Needs(string role) => (context, next) =>
        Officer.Of(context.HttpContext).Holds(role)
            ? next(context)
            : ValueTask.FromResult<object?>(ApiError.Result(StatusCodes.Status403Forbidden, "forbidden", $"This needs the role {role}."));

    private async Task<IResult?> RefusedAsync(HttpContext context)
    {
        if (AccountAccess.IsOfAnotherSite(context.Request))
            return ApiError.Result(StatusCodes.Status403Forbidden, "forbidden", "Another site may not ask this.");
        var (origin, refusal) = await accounts.LogInAsync(context, "MailGrains cases");
        if (origin is null) return refusal;
        var officer = new Officer(origin);
        if (!CaseRoles.All.Any(officer.Holds))
            return ApiError.Result(StatusCodes.Status403Forbidden, "forbidden", $"This account has none of the roles {string.Join(", ", CaseRoles.All)}.");
        officer.AttachTo(context);
        return null;
    }
}
