using MailGrains.Frontends.Authentication;
using MailGrains.Grains.Contracts.Sessions;
using Microsoft.AspNetCore.Http;

namespace MailGrains.Frontends.Http;

/// <summary>Lets accounts in by HTTP Basic, where it is not the admin token that counts.</summary>
internal sealed class AccountAccess(IAuthenticator authenticator)
{
    private const string RetryAfterSeconds = "60";

    /// <summary>A browser adds Basic by itself, also to requests another site makes it send.</summary>
    public static bool IsOfAnotherSite(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    /// <returns>Who logged in, with the groups and roles of this moment; else the answer.</returns>
    public async Task<(SessionOrigin? Origin, IResult? Refusal)> LogInAsync(HttpContext context, string realm)
    {
        if (BasicCredentials.Of(context.Request) is not var (user, password)) return (null, Unauthorized(context, realm));
        var origin = BasicCredentials.OriginOf(context);
        var login = await authenticator.LoginAsync(user, password, origin, context.RequestAborted);
        switch (login.Outcome)
        {
            case LoginOutcome.Accepted:
                return (origin with { Actor = login.Account, Login = login.Login, Memberships = login.Memberships }, null);
            case LoginOutcome.Throttled:
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return (null, ApiError.Result(StatusCodes.Status429TooManyRequests, "throttled", "Too many failed logins; please wait."));
            default:
                return (null, Unauthorized(context, realm));
        }
    }

    public static IResult Unauthorized(HttpContext context, string realm)
    {
        context.Response.Headers.WWWAuthenticate = $"Basic realm=\"{realm}\", charset=\"UTF-8\"";
        return ApiError.Result(StatusCodes.Status401Unauthorized, "unauthorized", "User name or password are missing or wrong.");
    }
}
