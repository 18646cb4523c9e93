using MailGrains.Frontends.Authentication;
using MailGrains.Grains.Contracts.Directory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MailGrains.Frontends.Http.Cases;

/// <summary>
/// Lets officers through: accounts with a role for cases, by HTTP Basic. A browser adds Basic by itself, also to requests another site makes it send: those
/// are refused.
/// </summary>
internal sealed class OfficerAccess(IAuthenticator authenticator, IGrainFactory grains)
{
    public const string Path = "/api/cases";

    private const string RetryAfterSeconds = "60";

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
        var site = context.Request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "cross-site" or "same-site") return ApiError.Result(StatusCodes.Status403Forbidden, "forbidden", "Another site may not ask this.");
        if (BasicCredentials.Of(context.Request) is not var (user, password)) return Unauthorized(context);
        var origin = BasicCredentials.OriginOf(context);
        var login = await authenticator.LoginAsync(user, password, origin, context.RequestAborted);
        if (login.Outcome == LoginOutcome.Throttled)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return ApiError.Result(StatusCodes.Status429TooManyRequests, "throttled", "Too many failed logins; please wait.");
        }

        if (login.Outcome != LoginOutcome.Accepted) return Unauthorized(context);
        var memberships = await grains.GetGrain<IAccountGrain>(login.Account.Value).GetMembershipsAsync();
        var officer = new Officer(origin with { Actor = login.Account, Login = login.Login, Memberships = memberships });
        if (!CaseRoles.All.Any(officer.Holds))
            return ApiError.Result(StatusCodes.Status403Forbidden, "forbidden", $"This account has none of the roles {string.Join(", ", CaseRoles.All)}.");
        officer.AttachTo(context);
        return null;
    }

    private static IResult Unauthorized(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"MailGrains cases\", charset=\"UTF-8\"";
        return ApiError.Result(StatusCodes.Status401Unauthorized, "unauthorized", "User name or password are missing or wrong.");
    }
}
