using System.Text;
using MailGrains.Frontends.Authentication;
using MailGrains.Grains.Contracts.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>Who may call: programs that log in with HTTP Basic as an account with the role <c>changelog</c>.</summary>
internal sealed class RpcAccess(IAuthenticator authenticator, RoleHolders roles)
{
    public const string Role = "changelog";

    private const string RetryAfterSeconds = "60";

    /// <summary>Null: let in. Otherwise the answer.</summary>
    public async Task<IResult?> RefuseAsync(HttpContext context)
    {
        if (!TryReadBasic(context.Request, out var user, out var password)) return Unauthorized(context);
        var login = await authenticator.LoginAsync(user, password, Origin(context), context.RequestAborted);
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

    /// <summary>RFC 7617: base64(user-id ":" password).</summary>
    private static bool TryReadBasic(HttpRequest request, out string user, out string password)
    {
        (user, password) = ("", "");
        var header = request.Headers[HeaderNames.Authorization].ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return false;
        var buffer = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..].Trim(), buffer, out var length)) return false;
        if (Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2) is not [var name, var secret]) return false;
        (user, password) = (name, secret);
        return true;
    }

    private static SessionOrigin Origin(HttpContext context) => new()
    {
        Service = "http",
        AuthMechanism = "BASIC",
        ClientAddress = context.Connection.RemoteIpAddress?.ToString(),
        ClientPort = context.Connection.RemotePort,
        ServerAddress = context.Connection.LocalIpAddress?.ToString(),
        ServerPort = context.Connection.LocalPort,
        ConnectionId = context.Connection.Id,
    };
}
