using System.Text;
using MailGrains.Interop.Tests.RealInput;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.Retention;

/// <summary>A server whose answers wait for a subscriber that is away for a while.</summary>
public sealed class BlockingServerTests
{
    private const string User = "ada@example.org";
    private const string Password = "correct horse";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Closed_it_refuses_mail_while_the_subscriber_is_down_and_goes_on_afterwards()
    {
        await using var receiver = new HookReceiver(FreePorts.Take());
        receiver.Start();
        await using var server = await ServerProcess.StartAsync(
            "--Subscribers:copy:Kind=webhook",
            $"--Subscribers:copy:Url={receiver.Url}",
            "--Subscribers:copy:Blocking=true",
            "--Subscribers:copy:OnTimeout=refuse",
            "--Subscribers:copy:BlockTimeoutMilliseconds=3000");
        await server.Cli.AddAccountAsync(User, Password);
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, User, Password, Cancellation);
        Assert.StartsWith("250 ", await DeliverAsync(server, "first"));
        (await imap.AppendAsync("INBOX", "", Message("appended"), Cancellation)).Ok();
        Assert.Equal(2, Messages(receiver));

        // 1. It is gone: the first is there and refused, those after it are not taken at all.
        await receiver.StopAsync();
        Assert.StartsWith("451 ", await DeliverAsync(server, "second"));
        Assert.StartsWith("451 ", await DeliverAsync(server, "third"));
        Assert.StartsWith("NO [UNAVAILABLE] ", (await imap.AppendAsync("INBOX", "", Message("refused"), Cancellation)).Tagged);
        Assert.Equal(3, (await StoredMail.ReadAllAsync(server.Ports.Imap, User, Password, "INBOX", Cancellation)).Count);
        Assert.Equal(2, Messages(receiver));

        // 2. It is back: whoever was refused comes again, and nothing is there twice.
        receiver.Start();
        await AcceptedAsync(server, "second");
        await AcceptedAsync(server, "third");
        (await imap.AppendAsync("INBOX", "", Message("appended again"), Cancellation)).Ok();
        var stored = await StoredMail.ReadAllAsync(server.Ports.Imap, User, Password, "INBOX", Cancellation);
        Assert.Equal(
            ["first", "appended", "second", "third", "appended again"],
            stored.Select(m => Encoding.ASCII.GetString(m).Split("Subject: ")[1].Split("\r\n")[0]));
        Assert.Equal(5, Messages(receiver));
    }

    /// <summary>As an MTA does that was told to come again.</summary>
    private static async Task AcceptedAsync(ServerProcess server, string subject)
    {
        string reply;
        while (!(reply = await DeliverAsync(server, subject)).StartsWith("250 ", StringComparison.Ordinal)) Assert.StartsWith("451 ", reply);
    }

    private static async Task<string> DeliverAsync(ServerProcess server, string subject)
    {
        using var lmtp = await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation);
        return Assert.Single(await lmtp.DeliverAsync("bob@example.net", [User], Message(subject), Cancellation));
    }

    private static byte[] Message(string subject) =>
        Encoding.ASCII.GetBytes($"Message-ID: <{subject.Replace(' ', '-')}@example.net>\r\nSubject: {subject}\r\n\r\nhello\r\n");

    private static int Messages(HookReceiver receiver) => receiver.Taken.Values.Count(type => type is "MessageNew" or "MessageAppend");
}
