using System.Net.Http.Headers;
using System.Text;

namespace MailGrains.TestKit.Clients;

/// <summary>What an HTTP client says of who it is (RFC 7617).</summary>
public static class BasicLogin
{
    public static AuthenticationHeaderValue Of(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
