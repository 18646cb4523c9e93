using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.Monitoring;

/// <summary>docs/grafana/mailgrains.json against the metrics a server really gives.</summary>
public sealed partial class GrafanaDashboardTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_metric_of_the_dashboard_is_given_by_a_server_that_has_delivered_mail_and_taken_a_login()
    {
        await UseAsync();
        var given = await SeriesAsync();

        var wanted = Expressions(await DashboardAsync()).SelectMany(e => MetricName().Matches(e).Select(m => m.Value)).Distinct().ToList();
        Assert.Contains("mailgrains_commit_group_duration_seconds_bucket", wanted);
        Assert.DoesNotContain(wanted, name => !given.Contains(name));
    }

    [Fact]
    public async Task Latencies_of_milliseconds_are_told_apart()
    {
        await UseAsync();
        var boundaries = (await MetricsAsync()).Split('\n')
            .Where(line => line.StartsWith("mailgrains_commit_group_duration_seconds_bucket", StringComparison.Ordinal))
            .Select(line => Boundary().Match(line).Groups[1].Value).ToList();
        Assert.True(boundaries.Count(b => b != "+Inf" && double.Parse(b, System.Globalization.CultureInfo.InvariantCulture) < 0.1) >= 5);
    }

    private async Task UseAsync()
    {
        var address = await shared.NewAccountAsync("grafana");
        var server = await shared.GetAsync();
        using var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation);
        var replies = await lmtp.DeliverAsync("sender@example.com", [address], "Subject: counted\r\n\r\nbody\r\n"u8.ToArray(), Cancellation);
        Assert.StartsWith("250", Assert.Single(replies), StringComparison.Ordinal);
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, address, SharedServer.Password, Cancellation);
    }

    private static async Task<JsonElement> DashboardAsync() =>
        JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Built.Root, "docs/grafana/mailgrains.json"), Cancellation)).RootElement;

    private static IEnumerable<string> Expressions(JsonElement dashboard) =>
        from panel in dashboard.GetProperty("panels").EnumerateArray()
        where panel.TryGetProperty("targets", out _)
        from target in panel.GetProperty("targets").EnumerateArray()
        select target.GetProperty("expr").GetString()!;

    private async Task<HashSet<string>> SeriesAsync() =>
        (await MetricsAsync()).Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line[..line.IndexOfAny(['{', ' '])]).ToHashSet();

    private async Task<string> MetricsAsync()
    {
        var server = await shared.GetAsync();
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken);
        return await client.GetStringAsync(new Uri($"http://127.0.0.1:{server.Ports.Http}/metrics"), Cancellation);
    }

    [GeneratedRegex("(?:mailgrains|orleans|dotnet)_[a-z_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex("le=\"([^\"]+)\"")]
    private static partial Regex Boundary();
}
