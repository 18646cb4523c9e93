using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.Administration;

public sealed class HealthTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_is_told_to_everyone(string path)
    {
        var (status, _) = await GetAsync(path, null);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/dashboard/")]
    [InlineData("/api/accounts")]
    [InlineData("/api/status")]
    public async Task Everything_else_asks_who_is_there(string path)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(path, null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(path, new AuthenticationHeaderValue("Bearer", "wrong"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(path, BasicLogin.Of("admin", "wrong"))).Status);
    }

    [Fact]
    public async Task Metrics_are_given_for_the_token()
    {
        var server = await shared.GetAsync();
        var (status, text) = await GetAsync("/metrics", new AuthenticationHeaderValue("Bearer", server.AdminToken));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("# TYPE ", text);
    }

    [Fact]
    public async Task The_dashboard_opens_with_the_admin_login()
    {
        var server = await shared.GetAsync();
        var (status, text) = await GetAsync("/dashboard/", BasicLogin.Of("admin", server.AdminToken));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("<html", text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/dashboard/DashboardCounters", BasicLogin.Of("admin", server.AdminToken))).Status);
    }

    [Fact]
    public async Task The_API_does_not_take_what_browsers_send_by_themselves()
    {
        var server = await shared.GetAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/api/accounts", BasicLogin.Of("admin", server.AdminToken))).Status);
    }

    [Fact]
    public async Task What_a_stranger_sends_is_not_even_read()
    {
        using var client = await ClientAsync(null);
        using var body = new StringContent("no JSON", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/api/accounts", UriKind.Relative), body, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private async Task<(HttpStatusCode Status, string Text)> GetAsync(string path, AuthenticationHeaderValue? authorization)
    {
        using var client = await ClientAsync(authorization);
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    private async Task<HttpClient> ClientAsync(AuthenticationHeaderValue? authorization)
    {
        var server = await shared.GetAsync();
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Ports.Http}") };
        client.DefaultRequestHeaders.Authorization = authorization;
        return client;
    }
}
