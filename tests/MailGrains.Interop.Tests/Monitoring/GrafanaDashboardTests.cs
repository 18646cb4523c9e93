using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailGrains.TestKit;
using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.Monitoring;

/// <summary>docs/grafana/mailgrains.json against the metrics a server really gives.</summary>
public sealed partial class GrafanaDashboardTests(SharedServer shared)
{
    /// <summary>What operators ask first: commits, sessions, failovers, subscribers.</summary>
    private static readonly HashSet<string> s_asked =
    [
        "mailgrains_commit_group_duration_seconds_bucket", "mailgrains_mailboxes_sessions", "mailgrains_imap_sessions_reopened_total",
        "mailgrains_imap_calls_retried_total", "mailgrains_lmtp_calls_retried_total", "mailgrains_subscriber_lag_time_seconds",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_metric_of_the_dashboard_is_given_by_a_server_that_has_delivered_mail_and_taken_a_login()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync("--Subscribers:audit:Kind=jsonl", $"--Subscribers:audit:Path={folder.Path}");
        const string Address = "grafana@example.org";
        await server.Cli.AddAccountAsync(Address, SharedServer.Password);
        await UseAsync(server, Address);
        var given = await SeriesAsync(server);

        var wanted = Expressions(await DashboardAsync()).SelectMany(e => MetricName().Matches(e).Select(m => m.Value)).Distinct().ToList();
        Assert.Subset(wanted.ToHashSet(), s_asked);
        Assert.DoesNotContain(wanted, name => !given.Contains(name));
    }

    [Fact]
    public async Task Latencies_of_milliseconds_are_told_apart()
    {
        var server = await shared.GetAsync();
        await UseAsync(server, await shared.NewAccountAsync("grafana"));
        var boundaries = (await MetricsAsync(server)).Split('\n')
            .Where(line => line.StartsWith("mailgrains_commit_group_duration_seconds_bucket", StringComparison.Ordinal))
            .Select(line => Boundary().Match(line).Groups[1].Value).ToList();
        Assert.True(boundaries.Count(b => b != "+Inf" && double.Parse(b, System.Globalization.CultureInfo.InvariantCulture) < 0.1) >= 5);
    }

    private static async Task UseAsync(ServerProcess server, string address)
    {
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

    private static async Task<HashSet<string>> SeriesAsync(ServerProcess server) =>
        (await MetricsAsync(server)).Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line[..line.IndexOfAny(['{', ' '])]).ToHashSet();

    private static async Task<string> MetricsAsync(ServerProcess server)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken);
        return await client.GetStringAsync(new Uri($"http://127.0.0.1:{server.Ports.Http}/metrics"), Cancellation);
    }

    [GeneratedRegex("(?:mailgrains|orleans|dotnet)_[a-z_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex("le=\"([^\"]+)\"")]
    private static partial Regex Boundary();
}
