using System.Text;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.BadInput;

/// <summary>One message to many, some of whom are not there and some of whom have no room.</summary>
public sealed class RecipientTests(AttackedServer server) : IClassFixture<AttackedServer>
{
    private const int AppendedAtOnce = 1000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_recipient_gets_an_answer_and_only_those_the_message_who_were_told_so()
    {
        await server.Process.Cli.AddAccountAsync("full@example.org", AttackedServer.Password);
        await FillAsync("full@example.org");
        var before = await Task.WhenAll(Named.Select(server.ContentsAsync));
        using var lmtp = await RawLmtp.ConnectAsync(server.Process.Ports.Lmtp, Cancellation);
        Assert.StartsWith("250", await lmtp.CommandAsync("MAIL FROM:<x@example.net>", Cancellation));
        foreach (var (recipient, code) in new[]
        {
            ("addressee@example.org", "250"), ("nobody@example.org", "550 5.1.1"), ("full@example.org", "250"), ("addressee@example.org", "250"),
            ("victim@example.org", "250"), ("nobody2@example.org", "550 5.1.1"), ("ADDRESSEE@example.org", "250"),
        })
            Assert.StartsWith(code, await lmtp.CommandAsync($"RCPT TO:<{recipient}>", Cancellation));
        Assert.StartsWith("354", await lmtp.CommandAsync("DATA", Cancellation));
        await lmtp.SendAsync(Encoding.ASCII.GetBytes("Subject: to many\r\n\r\n.\r\n"), Cancellation);
        foreach (var reply in new[]
        {
            "250 2.1.5 <addressee@example.org>", "452 4.2.2 <full@example.org>", "250 2.1.5 <addressee@example.org>", "250 2.1.5 <victim@example.org>",
            "250 2.1.5 <ADDRESSEE@example.org>",
        })
            Assert.StartsWith(reply, await lmtp.ReplyAsync(Cancellation));
        Assert.StartsWith("250", await lmtp.CommandAsync("NOOP", Cancellation));

        var after = await Task.WhenAll(Named.Select(server.ContentsAsync));
        foreach (var ((mailbox, had), arrived) in after.Zip(before).Zip([1, 1, 0])) mailbox.AssertGrewFrom(had, arrived);
    }

    private static IEnumerable<string> Named => [AttackedServer.Addressee, AttackedServer.Victim, "full@example.org"];

    private async Task FillAsync(string user)
    {
        using var client = await Stranger.ConnectAsync(server.NewPlace(), server.Process.Ports.Imap, Cancellation);
        await client.SendAsync($"x LOGIN {user} \"{AttackedServer.Password}\"\r\n", Cancellation);
        await client.LinesToAsync("x OK", Cancellation);
        for (var missing = AttackedServer.QuotaMessages; missing > 0; missing -= AppendedAtOnce)
        {
            await client.SendAsync($"y APPEND INBOX{Attack.Repeat(" {5+}\r\nA: 1\n", AppendedAtOnce)}\r\n", Cancellation);
            await client.LinesToAsync("y OK", Cancellation);
        }
    }
}
