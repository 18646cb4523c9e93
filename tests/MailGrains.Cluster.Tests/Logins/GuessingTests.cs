using System.Text;
using System.Text.RegularExpressions;
using MailGrains.Cluster.Tests.Cluster;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Cluster.Tests.Logins;

/// <summary>What strangers may try on a cluster is counted on all nodes together, and all nodes tell them the same.</summary>
public sealed partial class GuessingTests
{
    private const int Guesses = 10;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Strangers_learn_no_more_from_two_frontends_than_from_one()
    {
        await using var cluster = await ClusterProcesses.StartAsync(silos: 1, frontends: 2);
        await cluster.AddAccountsAsync(LoadRun.Password, "anna@example.org");
        await AssertOneAccountAsync(cluster);
        await AssertSameFakeSaltAsync(cluster);
        await AssertThrottledEverywhereAsync(cluster);
    }

    /// <summary>However the name is written, and wherever: one account or none.</summary>
    private static async Task AssertOneAccountAsync(ClusterProcesses cluster)
    {
        using (var lmtp = await RawLmtp.ConnectAsync(cluster.Frontends[0].Ports.Lmtp, Cancellation))
            Assert.StartsWith("250", (await lmtp.DeliverAsync("x@example.net", ["Anna@Example.ORG"], LoadMessages.Make("one"), Cancellation))[0]);
        using var imap = await RawImap.LoggedInAsync(cluster.Frontends[1].Ports.Imap, "ANNA@example.org", LoadRun.Password, Cancellation);
        var inbox = (await imap.RunAsync("EXAMINE INBOX", Cancellation)).Ok();
        Assert.Contains(inbox.Untagged, l => l.Text == "* 1 EXISTS");
        foreach (var name in new[] { "' OR 1=1--", "*)(uid=*", "anna@example.org.evil" })
        {
            using var stranger = await RawImap.ConnectAsync(cluster.Frontends[1].Ports.Imap, Cancellation);
            Assert.StartsWith("NO", (await stranger.RunAsync($"LOGIN \"{name}\" \"{LoadRun.Password}\"", Cancellation)).Tagged);
        }
    }

    /// <summary>A salt that differed from node to node would tell that there is no such user.</summary>
    private static async Task AssertSameFakeSaltAsync(ClusterProcesses cluster)
    {
        var salts = new HashSet<string>();
        foreach (var frontend in cluster.Frontends)
        {
            using var imap = await RawImap.ConnectAsync(frontend.Ports.Imap, Cancellation);
            var first = Convert.ToBase64String(Encoding.UTF8.GetBytes("n,,n=nobody@example.org,r=fyko+d2lbbFgONRv9qkxdawL"));
            await imap.SendLineAsync($"a1 AUTHENTICATE SCRAM-SHA-256 {first}", Cancellation);
            var challenge = (await imap.ResponseAsync(Cancellation)).Text;
            Assert.StartsWith("+ ", challenge);
            salts.Add(SaltAndRounds().Match(Encoding.UTF8.GetString(Convert.FromBase64String(challenge[2..]))).Value);
        }

        Assert.NotEqual("", Assert.Single(salts));
    }

    /// <summary>Five verdicts are free; a frontend that counted by itself would give all of these.</summary>
    private static async Task AssertThrottledEverywhereAsync(ClusterProcesses cluster)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Guesses).Select(n => GuessAsync(cluster.Frontends[n % 2].Ports.Imap, n)));
        Assert.All(answers, a => Assert.StartsWith("NO", a));
        Assert.InRange(answers.Count(a => a.Contains("Invalid user name or password", StringComparison.Ordinal)), 1, Guesses - 1);
        Assert.Contains(answers, a => a.Contains("Too many", StringComparison.Ordinal));
    }

    private static async Task<string> GuessAsync(int port, int guess)
    {
        using var imap = await RawImap.ConnectAsync(port, Cancellation);
        return (await imap.RunAsync($"LOGIN ben@example.org \"guess {guess}\"", Cancellation)).Tagged;
    }

    [GeneratedRegex("s=[^,]+,i=[0-9]+")]
    private static partial Regex SaltAndRounds();
}
