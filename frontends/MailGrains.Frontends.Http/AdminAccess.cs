using System.Security.Cryptography;
using System.Text;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MailGrains.Frontends.Http;

/// <summary>
/// Lets only administrators through: <c>Authorization: Bearer TOKEN</c> everywhere; where people look with a browser, Basic too, with the user
/// <c>admin</c> and the token as password. Not on the API: browsers add Basic by themselves, also to requests another site makes them send.
/// </summary>
public sealed class AdminAccess(string token)
{
    private const string User = "admin";

    private readonly byte[] _token = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Whom the token stands for, as events tell it; of a request that was let through.</summary>
    internal static AdminActor ActorOf(HttpContext context) => new(User, context.Connection.RemoteIpAddress?.ToString());

    /// <summary>The same, and where from, for what is told to a mailbox's log. An administrator has no account, and so no id.</summary>
    internal static SessionOrigin OriginOf(HttpContext context) => new()
    {
        Service = "admin",
        IsAdmin = true,
        Login = User,
        AuthMechanism = "TOKEN",
        ClientAddress = context.Connection.RemoteIpAddress?.ToString(),
        ClientPort = context.Connection.RemotePort,
        ServerAddress = context.Connection.LocalIpAddress?.ToString(),
        ServerPort = context.Connection.LocalPort,
        ConnectionId = context.Connection.Id,
    };

    /// <summary>For the API. It stands before the endpoints, not in them: a stranger's body is not even read.</summary>
    public async Task GuardApiAsync(HttpContext context, RequestDelegate next)
    {
        if (IsBearer(context.Request)) await next(context);
        else await Refuse(context).ExecuteAsync(context);
    }

    /// <summary>For endpoints that others map, such as the dashboard's.</summary>
    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (IsBearer(context.Request) || IsBasic(context.Request)) await next(context);
        else await Refuse(context).ExecuteAsync(context);
    }

    private static IResult Refuse(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"MailGrains administration\", charset=\"UTF-8\"";
        return ApiError.Result(StatusCodes.Status401Unauthorized, "unauthorized", "The admin token is missing or wrong.");
    }

    private bool IsBearer(HttpRequest request) =>
        request.Headers[HeaderNames.Authorization].ToString() is var header
        && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && IsToken(header[7..].Trim());

    private bool IsBasic(HttpRequest request) => BasicCredentials.Of(request) is (User, var password) && IsToken(password);

    private bool IsToken(string candidate) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(candidate)), _token);
}
