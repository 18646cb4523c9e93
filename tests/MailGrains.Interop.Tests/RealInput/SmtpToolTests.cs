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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Swaks_delivers_real_messages(bool unixSocket)
    {
        Assert.SkipWhen(Programs.Find("swaks") is null, "swaks is not installed.");
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("swaks");
        string[] to = unixSocket ? ["--socket", server.LmtpSocket] : ["--server", "127.0.0.1", "--port", $"{server.Ports.Lmtp}"];
        byte[][] messages = [Dotted, .. Corpus.Files.Take(3).Select(File.ReadAllBytes).Where(m => m.Length > 0)];
        foreach (var message in messages)
        {
            // Without its fix-ups swaks sends the file's octets: dots and the end are ours.
            var start = Programs.Describe(
                "swaks", ["--protocol", "LMTP", .. to, "--from", "swaks@example.net", "--to", user, "--no-data-fixup", "--data", "-"]);
            var result = await Programs.RunAsync(start, RawLmtp.Stuffed(message), Cancellation);
            Assert.True(result.ExitCode == 0, result.ToString());
        }

        var stored = await StoredMail.ReadAllAsync(server.Ports.Imap, user, SharedServer.Password, "INBOX", Cancellation);
        Assert.Equal(messages.Length, stored.Count);
        for (var i = 0; i < stored.Count; i++)
        {
            byte[] expected = messages[i].AsSpan().EndsWith("\r\n"u8) ? messages[i] : [.. messages[i], .. "\r\n"u8];
            Octets.AssertSame(expected, TraceHeaders.WithoutTrace(stored[i]).Span, $"message {i + 1}");
        }
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

    [Fact]
    public async Task What_smtp_source_sends_from_a_file_is_stored_as_it_was()
    {
        Assert.SkipWhen(Programs.Find("smtp-source") is null, "smtp-source is not installed.");
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("source");
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "message");

        // It ends the lines of the file with CRLF itself, and puts one more CRLF before the final dot.
        await File.WriteAllBytesAsync(file, [.. Dotted.Where(b => b != '\r')], Cancellation);
        var result = await Programs.RunAsync(
            "smtp-source", "-L", "-F", file, "-f", "source@example.net", "-t", user, $"127.0.0.1:{server.Ports.Lmtp}");
        Assert.True(result.ExitCode == 0, result.ToString());
        var stored = await StoredMail.ReadAllAsync(server.Ports.Imap, user, SharedServer.Password, "INBOX", Cancellation);
        Octets.AssertSame([.. Dotted, .. "\r\n"u8], TraceHeaders.WithoutTrace(Assert.Single(stored)).Span, "the file");
    }
}
