using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

public sealed class PostfixTests(SharedServer shared)
{
    private const int LongestLine = 900;
    private const int GeneratedMessages = 100;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("inet")]
    [InlineData("unix")]
    public async Task Real_messages_go_through_Postfix_and_come_out_byte_for_byte(string kind)
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("postfix");
        var sent = new Dictionary<string, byte[]>();
        var transport = kind == "inet" ? $"lmtp:inet:127.0.0.1:{server.Ports.Lmtp}" : $"lmtp:unix:{await OpenSocketAsync(server)}";
        await using var postfix = await PostfixInstance.StartAsync(transport);
        using var idle = await IdleInbox.OpenAsync(server.Ports.Imap, user, Cancellation);
        foreach (var message in Messages())
        {
            var sender = $"sender{sent.Count}@example.net";
            await postfix.SendAsync(sender, user, message, Cancellation);
            sent[sender] = message;
        }

        await idle.WaitForAsync(sent.Count, async () => await postfix.QueueAsync(), Cancellation);
        var stored = await StoredMail.ReadAllAsync(server.Ports.Imap, user, SharedServer.Password, "INBOX", Cancellation);
        Assert.Equal(sent.Count, stored.Count);
        foreach (var one in stored)
        {
            // The sender in Return-Path says which of them it is: Postfix delivers in parallel.
            var sender = System.Text.Encoding.Latin1.GetString(one)[("Return-Path: <".Length)..one.IndexOf((byte)'>')];
            Assert.True(sent.Remove(sender, out var message), $"{sender} came twice");
            Octets.AssertSame(message, TraceHeaders.WithoutMtaTrace(one).Span, sender);
        }

        Assert.Empty(sent);
    }

    [Fact]
    public async Task Mail_waits_in_Postfix_while_the_server_is_away_and_then_arrives_once()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.Cli.AddAccountAsync("late@example.org", SharedServer.Password);
        await using var postfix = await PostfixInstance.StartAsync($"lmtp:inet:127.0.0.1:{server.Ports.Lmtp}");
        await server.KillAsync();
        await postfix.SendAsync("patient@example.net", "late@example.org", "Subject: waiting\r\n\r\nStill there?\r\n"u8.ToArray(), Cancellation);
        await server.StartAgainAsync();

        using var idle = await IdleInbox.OpenAsync(server.Ports.Imap, "late@example.org", Cancellation);
        await idle.WaitForAsync(1, async () => await postfix.QueueAsync(), Cancellation);
        Assert.Single(await StoredMail.ReadAllAsync(server.Ports.Imap, "late@example.org", SharedServer.Password, "INBOX", Cancellation));
    }

    [Fact]
    public async Task An_unknown_recipient_is_refused_for_good()
    {
        var server = await shared.GetAsync();
        using var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation);
        Assert.StartsWith("250", await lmtp.CommandAsync("MAIL FROM:<a@example.net>", Cancellation));
        Assert.StartsWith("550", await lmtp.CommandAsync("RCPT TO:<nobody-of-that-name@example.org>", Cancellation));
    }

    /// <summary>
    /// What every MTA passes on unchanged: CRLF line ends of at most 1,000 octets, header lines that begin as such. The rest of the
    /// collection goes over LMTP directly.
    /// </summary>
    private static IEnumerable<byte[]> Messages() =>
        Corpus.Files.Select(File.ReadAllBytes).Where(PassesUnchanged)
            .Concat(new Bench.Generator.MailboxGenerator(seed: 7).Generate(GeneratedMessages).Select(m => BeforeDelivery(m.Bytes)));

    /// <summary>Generated messages lie in a mailbox already; on their way there they had no Return-Path yet.</summary>
    private static byte[] BeforeDelivery(byte[] message) =>
        message.AsSpan().StartsWith("Return-Path:"u8) ? message[(message.AsSpan().IndexOf((byte)'\n') + 1)..] : message;

    private static bool PassesUnchanged(byte[] message)
    {
        var text = System.Text.Encoding.Latin1.GetString(message);
        if (!text.EndsWith("\r\n", StringComparison.Ordinal) || !text.Contains("\r\n\r\n", StringComparison.Ordinal) || text.Contains('\0')) return false;
        var lines = text.Split("\r\n");
        var header = lines.TakeWhile(l => l.Length > 0).ToList();
        return lines.All(l => l.Length <= LongestLine && !l.Contains('\r') && !l.Contains('\n'))
            && header.Count > 0 && header[0] is [not (' ' or '\t'), ..]
            && header.All(h => h[0] is ' ' or '\t' || IsField(h))
            && !header.Exists(h => RemovedByCleanup.Any(name => h.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Postfix' cleanup(8) takes these away, or puts its own in their place.</summary>
    private static readonly string[] RemovedByCleanup = ["Bcc:", "Resent-Bcc:", "Content-Length:", "Return-Path:", "Apparently-To:"];

    private static bool IsField(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && line[..colon].All(c => c is > ' ' and < (char)127);
    }

    /// <summary>Postfix' own user must reach the socket, in a data folder that is otherwise closed.</summary>
    private static async Task<string> OpenSocketAsync(ServerProcess server)
    {
        (await Programs.RunAsync("chmod", "711", server.Data)).Succeeded();
        (await Programs.RunAsync("chmod", "666", server.LmtpSocket)).Succeeded();
        return server.LmtpSocket;
    }
}
