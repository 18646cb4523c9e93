using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MailGrains.Cluster.Tests.Cluster;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Cluster.Tests.Failover;

/// <summary>A silo is drained under a session that works all the time: what its user sees of it, with a small folder and a large one.</summary>
public sealed class DrainedSessionTests
{
    private const string User = "anna@example.org";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(65_536)]
    public async Task A_session_goes_on_with_its_view_on_another_silo(int messages)
    {
        await using var cluster = await ClusterProcesses.StartAsync(silos: 2, frontends: 1, Relaying.None, new());
        await cluster.AddAccountsAsync(LoadRun.Password, User);
        var frontend = cluster.Frontends[0];
        using var imap = await RawImap.LoggedInAsync(frontend.Ports.Imap, User, LoadRun.Password, Cancellation);
        await FillAsync(imap, messages);
        var from = await SiloAsync(cluster, frontend);

        using var drained = new CancellationTokenSource();
        var longest = WorkAsync(imap, messages, drained.Token);
        (await cluster.RunAsync(frontend, "", "cluster", "drain", from.Split('@')[0])).Succeeded();
        await drained.CancelAsync();

        Assert.NotEqual(from, await SiloAsync(cluster, frontend));
        var pause = await longest;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{messages} messages: the longest answer took {pause.TotalMilliseconds:F0} ms"));
        Assert.InRange(pause, TimeSpan.Zero, Limit);

        // Numbers and flags still mean the messages they meant.
        var flagged = (await imap.RunAsync("STORE 1 +FLAGS (\\Flagged)", Cancellation)).Ok();
        Assert.Contains(flagged.Untagged, l => l.Text.StartsWith("* 1 FETCH", StringComparison.Ordinal));
        var last = (await imap.RunAsync($"FETCH {messages} (UID)", Cancellation)).Ok();
        Assert.Contains(last.Untagged, l => l.Text.StartsWith($"* {messages} FETCH (UID {messages}", StringComparison.Ordinal));
    }

    /// <summary>One message, copied until there are so many, a power of two.</summary>
    private static async Task FillAsync(RawImap imap, int messages)
    {
        (await imap.AppendAsync("INBOX", "", LoadMessages.Make("drained"), Cancellation)).Ok();
        (await imap.RunAsync("SELECT INBOX", Cancellation)).Ok();
        for (var there = 1; there < messages; there *= 2) (await imap.RunAsync("COPY 1:* INBOX", Cancellation)).Ok();
        (await imap.RunAsync("NOOP", Cancellation)).Ok();
    }

    /// <summary>Asks for one message after the other; the longest time an answer took. Each answer must be good.</summary>
    private static async Task<TimeSpan> WorkAsync(RawImap imap, int messages, CancellationToken ended)
    {
        var longest = TimeSpan.Zero;
        for (var i = 0; !ended.IsCancellationRequested; i++)
        {
            var number = 1 + (i * 37 % messages);
            var asked = Stopwatch.GetTimestamp();
            var reply = (await imap.RunAsync($"FETCH {number} (UID FLAGS)", CancellationToken.None)).Ok();
            var took = Stopwatch.GetElapsedTime(asked);
            if (took > longest) longest = took;
            Assert.Contains(reply.Untagged, l => l.Text.StartsWith($"* {number} FETCH (UID {number} ", StringComparison.Ordinal));
        }

        return longest;
    }

    /// <summary>Where the mailbox is open.</summary>
    private static async Task<string> SiloAsync(ClusterProcesses cluster, ClusterNode at)
    {
        var located = (await cluster.RunAsync(at, "", "cluster", "locate", User, "--json")).Succeeded();
        return JsonDocument.Parse(located.Output).RootElement[0].GetProperty("silo").GetString()!;
    }
}
