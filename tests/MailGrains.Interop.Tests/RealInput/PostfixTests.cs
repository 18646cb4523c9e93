using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

public sealed class PostfixTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Real_messages_go_through_a_Unix_socket_byte_for_byte()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("postfix");
        var sent = SentMail.Make(generated: 20).Where(mail => mail.PassesUnchanged).ToDictionary(mail => mail.Sender, mail => mail.Message);
        await using var postfix = await PostfixInstance.StartAsync($"lmtp:unix:{await OpenSocketAsync(server)}");
        using var idle = await IdleInbox.OpenAsync(server.Ports.Imap, user, Cancellation);
        using (var smtp = await SmtpSession.ConnectAsync(postfix.SmtpPort, Cancellation))
            foreach (var (sender, message) in sent) await smtp.SendAsync(sender, user, message, Cancellation);

        await idle.WaitForAsync(sent.Count, postfix.QueueAsync, Cancellation);
        await postfix.EmptyAsync(Cancellation);
        var stored = await StoredMail.ReadAllAsync(server.Ports.Imap, user, SharedServer.Password, "INBOX", Cancellation);
        Assert.Equal(sent.Count, stored.Count);
        foreach (var one in stored)
        {
            var sender = StoredMail.SenderOf(one);
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
        using (var smtp = await SmtpSession.ConnectAsync(postfix.SmtpPort, Cancellation))
            await smtp.SendAsync("patient@example.net", "late@example.org", "Subject: waiting\r\n\r\nStill there?\r\n"u8.ToArray(), Cancellation);
        await server.StartAgainAsync();

        using var idle = await IdleInbox.OpenAsync(server.Ports.Imap, "late@example.org", Cancellation);
        await idle.WaitForAsync(1, postfix.QueueAsync, Cancellation);
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

    /// <summary>Postfix' own user must reach the socket, in a data folder that is otherwise closed.</summary>
    private static async Task<string> OpenSocketAsync(ServerProcess server)
    {
        (await Programs.RunAsync("chmod", "711", server.Data)).Succeeded();
        (await Programs.RunAsync("chmod", "666", server.LmtpSocket)).Succeeded();
        return server.LmtpSocket;
    }
}
