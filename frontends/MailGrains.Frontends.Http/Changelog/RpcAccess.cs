using MailGrains.Frontends.Authentication;
using Microsoft.AspNetCore.Http;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>Who may call: programs that log in with HTTP Basic as an account with the role <c>changelog</c>.</summary>
internal sealed class RpcAccess(IAuthenticator authenticator, RoleHolders roles)
{
    public const string Role = "changelog";

    private const string RetryAfterSeconds = "60";

    /// <summary>Null: let in. Otherwise the answer.</summary>
    public async Task<IResult?> RefuseAsync(HttpContext context)
    {
        if (BasicCredentials.Of(context.Request) is not var (user, password)) return Unauthorized(context);
        var login = await authenticator.LoginAsync(user, password, BasicCredentials.OriginOf(context), context.RequestAborted);
        switch (login.Outcome)
        {
            case LoginOutcome.Accepted:
                return await roles.HoldsAsync(login.Account, Role, context.RequestAborted) ? null : ApiError.Result(
                    StatusCodes.Status403Forbidden, "forbidden", $"This account does not have the role {Role}.");
            case LoginOutcome.Throttled:
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return ApiError.Result(StatusCodes.Status429TooManyRequests, "throttled", "Too many failed logins; please wait.");
            default:
                return Unauthorized(context);
        }
    }

    private static IResult Unauthorized(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"MailGrains changelog\", charset=\"UTF-8\"";
        return ApiError.Result(StatusCodes.Status401Unauthorized, "unauthorized", "User name or password are missing or wrong.");
    }
}
