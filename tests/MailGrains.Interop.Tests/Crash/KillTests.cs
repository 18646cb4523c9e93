using System.Globalization;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.Crash;

/// <summary>
/// Nothing acknowledged is lost, nothing is there twice, no number changes its meaning: the process is killed at a random moment under load,
/// again and again. MAILGRAINS_TEST_KILLS sets the number of rounds.
/// </summary>
public sealed class KillTests
{
    private const int LmtpConnections = 3;
    private const int SessionsPerUser = 2;
    private const int RoundsBetweenVerifications = 5;

    private static readonly string[] Users = ["anna@example.org", "ben@example.org", "cleo@example.org"];

    private static int Rounds { get; } = int.Parse(Environment.GetEnvironmentVariable("MAILGRAINS_TEST_KILLS") ?? "20", CultureInfo.InvariantCulture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_process_is_killed()
    {
        await using var server = await ServerProcess.StartAsync("--Archive:Enabled=true", "--Archive:Rules:all:KeepFor=forever");
        foreach (var user in Users)
        {
            await server.Cli.AddAccountAsync(user, LoadRun.Password);
            using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, user, LoadRun.Password, Cancellation);
            await imap.RunAsync("CREATE Archive", Cancellation);
        }

        var checker = new Checker();
        var acknowledged = 0;
        for (var round = 1; round <= Rounds; round++)
        {
            var ends = new LoadEnds(() => server.Ports.Imap, () => server.Ports.Lmtp);
            var run = new LoadRun(checker, Users, round, ends, OnFailure.End);
            await KillUnderLoadAsync(run, server);
            acknowledged += run.AcknowledgedCount;
            Assert.Empty(run.Surprises);
            await server.StartAgainAsync();
            await CheckAsync(server, checker, $"round {round}");
            if (round % RoundsBetweenVerifications == 0) await VerifyAsync(server, $"round {round}");
        }

        // A stop as it should be changes nothing either, and the log has an event for each change and no other; the archive has an entry for each arrival.
        await ArchiveCheck.CaughtUpAsync(server, Cancellation);
        var archive = await ArchiveCheck.OfAsync(server, checker.Histories);
        Assert.Equal(0, await server.StopAsync());
        Assert.Equal(ExpectedEvents.Count(checker.Histories), EventCounts.Read(server.Data));
        var (events, entries) = (await ArchiveReadings.EventsAsync(server.Data, Cancellation), await ArchiveReadings.EntriesAsync(server.Data, Cancellation));
        Assert.Empty(archive.Problems(events, entries));
        await server.StartAgainAsync();
        await CheckAsync(server, checker, "the end");
        await VerifyAsync(server, "the end");
        Assert.NotEmpty(archive.Receipts);
        await EvidenceExport.VerifyAsync(server, "end", archive.Receipts, Cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Rounds} kills, {acknowledged} operations acknowledged, "
            + $"{checker.Histories.Count()} messages, last start {server.StartTime.TotalMilliseconds:F0} ms; {archive.Counts(events, entries)}");
    }

    private static async Task KillUnderLoadAsync(LoadRun run, ServerProcess server)
    {
        var ready = run.Checker.Histories.Where(h => h.IsCertain && h.Possible[0].Count > 0).ToLookup(h => h.User);
        var clients = new List<Task>();
        for (var i = 0; i < LmtpConnections; i++) clients.Add(new LmtpLoad(run, i).RunAsync(Cancellation));
        foreach (var user in Users)
        {
            for (var i = 0; i < SessionsPerUser; i++)
            {
                var share = ready[user].Where((_, index) => index % SessionsPerUser == i);
                clients.Add(new ImapLoad(run, user, clients.Count, share).RunAsync(Cancellation));
            }
        }

        await Task.WhenAny([run.Working, .. clients]);
        await Task.Delay(Random.Shared.Next(50, 700), Cancellation);
        await server.KillAsync();
        await Task.WhenAll(clients);
    }

    /// <summary>Looks at everything, then delivers again what an MTA would; the next look shows whether that doubled anything.</summary>
    private static async Task CheckAsync(ServerProcess server, Checker checker, string when)
    {
        var unanswered = checker.Histories.Where(h => h.Delivered && !h.IsCertain).ToList();
        var problems = checker.Check(await MailboxReader.ReadAsync(server.Ports.Imap, Users, Cancellation));
        Assert.True(problems.Count == 0, $"{when}:\n{string.Join('\n', problems)}\n{server.Log}");
        using var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation);
        foreach (var history in unanswered) await LmtpLoad.DeliverAgainAsync(lmtp, history, Cancellation);
    }

    private static async Task VerifyAsync(ServerProcess server, string when)
    {
        var verified = await server.Cli.RunAsync("verify", "--json");
        Assert.True(verified.ExitCode == 0, $"{when}: {verified}");
    }
}
