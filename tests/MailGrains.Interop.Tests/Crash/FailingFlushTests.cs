using MailGrains.Interop.Tests.RealInput;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.Crash;

/// <summary>A disk whose flushes fail for a while, under a server that works: nothing is acknowledged that is not safe, and it goes on by itself.</summary>
public sealed class FailingFlushTests
{
    private const string Reader = "reader@example.org";
    private const int Refusals = 10;
    private const int AcknowledgedAfterwards = 50;

    private static readonly string[] Users = ["dora@example.org", "emil@example.org"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_acknowledged_that_is_not_safe_and_writing_goes_on_afterwards()
    {
        await using var server = await ServerProcess.StartAsync();
        foreach (var user in (string[])[.. Users, Reader])
        {
            await server.Cli.AddAccountAsync(user, LoadRun.Password);
            using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, user, LoadRun.Password, Cancellation);
            if (user == Reader) (await imap.AppendAsync("INBOX", "", LoadMessages.Make("read"), Cancellation)).Ok();
        }

        // 1. Under load every flush begins to fail: whatever is asked to be changed is refused for now, and reads are served.
        var checker = new Checker();
        var ends = new LoadEnds(() => server.Ports.Imap, () => server.Ports.Lmtp);
        var broken = new LoadRun(checker, Users, 1, ends, OnFailure.End);
        var clients = Start(broken);
        await broken.Working.WaitAsync(Patience, Cancellation);
        await using (await FailingFlushes.BeginAsync(server, Cancellation))
        {
            await UntilAsync(() => broken.Surprises.Count >= Refusals, clients, server);
            var stored = await StoredMail.ReadAllAsync(server.Ports.Imap, Reader, LoadRun.Password, "INBOX", Cancellation);
            Octets.AssertSame(LoadMessages.Make("read"), Assert.Single(stored), "the message that was there before");
        }

        Assert.All(broken.Surprises, refusal => Assert.Matches(@": (4\d\d 4\.\d\.\d |NO )", refusal));

        // 2. The disk is sound again: the same process takes changes, without a restart.
        var mended = new LoadRun(checker, Users, 2, ends, OnFailure.End);
        clients.AddRange(Start(mended));
        await UntilAsync(() => mended.AcknowledgedCount >= AcknowledgedAfterwards, clients, server);

        // 3. And all of it is there after a kill, once.
        await server.KillAsync();
        await Task.WhenAll(clients);
        await server.StartAgainAsync();
        var problems = checker.Check(await MailboxReader.ReadAsync(server.Ports.Imap, Users, Cancellation));
        Assert.True(problems.Count == 0, $"{string.Join('\n', problems)}\n{server.Log}");
        (await server.Cli.RunAsync("verify")).Succeeded();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{broken.AcknowledgedCount} acknowledged and {broken.Surprises.Count} refused around the failure, {mended.AcknowledgedCount} acknowledged "
            + $"and {mended.Surprises.Count} refused after it");
    }

    private static List<Task> Start(LoadRun run)
    {
        var clients = new List<Task> { new LmtpLoad(run, 0).RunAsync(Cancellation), new LmtpLoad(run, 1).RunAsync(Cancellation) };
        foreach (var user in Users) clients.Add(new ImapLoad(run, user, clients.Count, []).RunAsync(Cancellation));
        return clients;
    }

    /// <summary>Waits for something the clients bring about; they fail the test when they fail.</summary>
    private static async Task UntilAsync(Func<bool> happened, List<Task> clients, ServerProcess server)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Patience);
        while (!happened())
        {
            if (clients.Find(c => c.IsFaulted) is { } failed) await failed;
            if (limit.IsCancellationRequested || clients.TrueForAll(c => c.IsCompleted)) Assert.Fail($"It did not happen within {Patience}.\n{server.Log}");
            await Task.Delay(20, Cancellation);
        }
    }
}
