using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.RealInput;
using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.Crash;

public sealed class DiskFullTests
{
    private const int MessageSize = 256 * 1024;
    private const int Most = 2000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_refuses_mail_for_now_and_recovers()
    {
        await using var disk = await SmallDisk.MountAsync("192m");
        await using var server = await ServerProcess.StartOnAsync(disk.Path);
        await server.Cli.AddAccountAsync("full@example.org", LoadRun.Password);
        using var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation);
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, "full@example.org", LoadRun.Password, Cancellation);
        var accepted = new List<byte[]> { await DeliverAsync(lmtp, 0) ?? throw new InvalidOperationException("The first message was refused.") };

        // 1. Nothing is left: mail is refused for now, and no more is there than was acknowledged.
        disk.Fill();
        var refusal = await FillAsync(lmtp, accepted);
        Assert.StartsWith("4", refusal);
        var append = await imap.AppendAsync("INBOX", "", Message(Most + 1), Cancellation);
        Assert.StartsWith("NO", append.Tagged);

        // 2. Space again: the same process goes on by itself.
        disk.Free();
        accepted.Add(await DeliverAsync(lmtp, Most + 2) ?? throw new InvalidOperationException($"Still refused.\n{server.Log}"));
        (await imap.AppendAsync("INBOX", "", Message(Most + 3), Cancellation)).Ok();
        await AssertReadableAsync(server, accepted, appended: Message(Most + 3));
        Assert.Equal(0, (await server.Cli.RunAsync("verify")).ExitCode);

        // 3. And what it wrote in those times is sound.
        Assert.Equal(0, await server.StopAsync());
        await server.StartAgainAsync();
        await AssertReadableAsync(server, accepted, appended: Message(Most + 3));
        (await server.Cli.RunAsync("verify")).Succeeded();
    }

    [Fact]
    public async Task Readers_are_served_while_the_disk_is_full()
    {
        await using var disk = await SmallDisk.MountAsync("192m");
        await using var server = await ServerProcess.StartOnAsync(disk.Path);
        await server.Cli.AddAccountAsync("full@example.org", LoadRun.Password);
        using var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation);
        var accepted = new List<byte[]> { await DeliverAsync(lmtp, 0) ?? throw new InvalidOperationException("The first message was refused.") };
        disk.Fill();
        await FillAsync(lmtp, accepted);
        await AssertReadableAsync(server, accepted);
    }

    private static async Task<string> FillAsync(RawLmtp lmtp, List<byte[]> accepted)
    {
        for (var i = 1; i < Most; i++)
        {
            var message = Message(i);
            var reply = (await lmtp.DeliverAsync("full@example.net", ["full@example.org"], message, Cancellation))[0];
            if (reply[0] != '2') return reply;
            accepted.Add(message);
        }

        throw new InvalidOperationException("The disk never became full.");
    }

    private static async Task<byte[]?> DeliverAsync(RawLmtp lmtp, int number)
    {
        var message = Message(number);
        var reply = (await lmtp.DeliverAsync("full@example.net", ["full@example.org"], message, Cancellation))[0];
        return reply[0] == '2' ? message : null;
    }

    private static async Task AssertReadableAsync(ServerProcess server, List<byte[]> delivered, byte[]? appended = null)
    {
        var stored = await StoredMail.ReadAllAsync(server.Ports.Imap, "full@example.org", LoadRun.Password, "INBOX", Cancellation);
        Assert.Equal(delivered.Count + (appended is null ? 0 : 1), stored.Count);
        for (var i = 0; i < delivered.Count; i++) Octets.AssertSame(delivered[i], TraceHeaders.WithoutTrace(stored[i]).Span, $"message {i + 1}");
        if (appended is not null) Octets.AssertSame(appended, stored[^1], "the appended message");
    }

    /// <summary>Octets that no compression makes smaller.</summary>
    private static byte[] Message(int number)
    {
        var random = new byte[MessageSize / 4 * 3];
        new Random(number).NextBytes(random);
        var text = Convert.ToBase64String(random, Base64FormattingOptions.InsertLineBreaks);
        return System.Text.Encoding.ASCII.GetBytes($"Subject: {number}\r\n\r\n{text}\r\n");
    }
}
