using MailGrains.TestKit.Checking;
using System.Globalization;
using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>swaks and smtp-source, which people try a server with.</summary>
public sealed class SmtpToolTests(SharedServer shared)
{
    private static readonly byte[] Dotted = "Subject: dots\r\nMessage-ID: <dots@example.net>\r\n\r\n.\r\n..\r\n.x\r\nend\r\n"u8.ToArray();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Swaks_delivers_through_a_Unix_socket()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("swaks");
        await SwaksAsync(["--socket", server.LmtpSocket], new SentMail("swaks@example.net", Dotted), user);
        var stored = await StoredMail.ReadAllAsync(server.Ports.Imap, user, SharedServer.Password, "INBOX", Cancellation);
        Octets.AssertSame(Dotted, TraceHeaders.WithoutTrace(Assert.Single(stored)).Span, "the message");
    }

    [Fact]
    public async Task What_swaks_sends_is_stored_as_it_was()
    {
        List<SentMail> sent = [new("dots@example.net", Dotted), .. SentMail.Make(GeneratedMailbox.OneByOne(otherwise: 100))];
        var recorded = await DeliverAsync(sent, "swaks", (port, mail, user) => SwaksAsync(["--server", "127.0.0.1", "--port", $"{port}"], mail, user));

        // Without its fix-ups swaks sends the file's octets: dots and the end are ours.
        foreach (var mail in sent)
            Octets.AssertSame(mail.Message.AsSpan().EndsWith("\r\n"u8) ? mail.Message : [.. mail.Message, .. "\r\n"u8], recorded[mail.Sender], mail.Sender);
    }

    [Fact]
    public async Task What_smtp_source_sends_from_a_file_is_stored_as_it_was()
    {
        Assert.SkipWhen(Programs.Find("smtp-source") is null, "smtp-source is not installed.");
        using var folder = new TemporaryFolder();
        List<SentMail> sent = [new("dots@example.net", Dotted), .. SentMail.Make(GeneratedMailbox.OneByOne(otherwise: 1_000))];
        var recorded = await DeliverAsync(sent, "source", async (port, mail, user) =>
        {
            // It ends the lines of the file with CRLF itself.
            var file = Path.Combine(folder.Path, "message");
            await File.WriteAllBytesAsync(file, LineEnds.WithLf(mail.Message), Cancellation);
            var result = await Programs.RunAsync("smtp-source", "-L", "-F", file, "-f", mail.Sender, "-t", user, $"127.0.0.1:{port}");
            Assert.True(result.ExitCode == 0, result.ToString());
        });

        // And it puts one more CRLF before the final dot.
        foreach (var mail in sent.Where(mail => mail.PassesUnchanged))
            Octets.AssertSame([.. mail.Message, .. "\r\n"u8], recorded[mail.Sender], mail.Sender);
    }

    [Fact]
    public async Task Smtp_source_delivers_its_stream_completely()
    {
        Assert.SkipWhen(Programs.Find("smtp-source") is null, "smtp-source is not installed.");
        const int Messages = 300;
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("source");
        var result = await Programs.RunAsync(
            "smtp-source", "-L", "-m", Messages.ToString(CultureInfo.InvariantCulture), "-s", "10", "-l", "10240", "-f", "source@example.net", "-t", user,
            $"127.0.0.1:{server.Ports.Lmtp}");
        Assert.True(result.ExitCode == 0, result.ToString());

        var stored = await StoredMail.ReadAllAsync(server.Ports.Imap, user, SharedServer.Password, "INBOX", Cancellation);
        Assert.Equal(Messages, stored.Count);
    }

    /// <summary>Sends all, one after the other, and compares what is stored with what went over the wire; returns that by sender.</summary>
    private async Task<IReadOnlyDictionary<string, byte[]>> DeliverAsync(List<SentMail> sent, string hint, Func<int, SentMail, string, Task> send)
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync(hint);
        await using var recorder = new LmtpRecorder(server.Ports.Lmtp);
        foreach (var mail in sent) await send(recorder.Port, mail, user);

        var stored = await StoredMail.ReadAllAsync(server.Ports.Imap, user, SharedServer.Password, "INBOX", Cancellation);
        Assert.Equal(sent.Select(mail => mail.Sender), stored.Select(StoredMail.SenderOf));
        foreach (var one in stored)
            Octets.AssertSame(recorder.Messages[StoredMail.SenderOf(one)], TraceHeaders.WithoutTrace(one).Span, StoredMail.SenderOf(one));
        return recorder.Messages;
    }

    private static async Task SwaksAsync(string[] to, SentMail mail, string user)
    {
        Assert.SkipWhen(Programs.Find("swaks") is null, "swaks is not installed.");
        var start = Programs.Describe("swaks", ["--protocol", "LMTP", .. to, "--from", mail.Sender, "--to", user, "--no-data-fixup", "--data", "-"]);
        var result = await Programs.RunAsync(start, RawLmtp.Stuffed(mail.Message), Cancellation);
        Assert.True(result.ExitCode == 0, result.ToString());
    }
}
