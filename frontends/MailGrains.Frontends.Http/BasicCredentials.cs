using System.Text;
using MailGrains.Grains.Contracts.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MailGrains.Frontends.Http;

/// <summary>User and password of HTTP Basic (RFC 7617): base64 of both with a colon between them.</summary>
internal static class BasicCredentials
{
    /// <summary>null: there are none.</summary>
    public static (string User, string Password)? Of(HttpRequest request)
    {
        var header = request.Headers[HeaderNames.Authorization].ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return null;
        var buffer = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..].Trim(), buffer, out var length)) return null;
        return Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2) is [var user, var password] ? (user, password) : null;
    }

    /// <summary>Where such a login comes from.</summary>
    public static SessionOrigin OriginOf(HttpContext context) => new()
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
