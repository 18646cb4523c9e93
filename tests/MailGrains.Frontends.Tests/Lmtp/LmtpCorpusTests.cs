using System.Text;
using MailGrains.Frontends.Tests.Connections;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Frontends.Tests.Lmtp;

public sealed class LmtpCorpusTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_real_message_arrives_byte_for_byte(bool chunked)
    {
        var mailboxes = new FakeMailboxes();
        using var server = new TestServer(LmtpTranscriptTests.Protocol(mailboxes, new Frontends.Lmtp.LmtpOptions()));
        await using var client = await LmtpClient.GreetedAsync(server.Connect());
        foreach (var (file, index) in Corpus.Files.Select((file, index) => (file, index)))
        {
            var message = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            var expected = message;
            if (chunked)
            {
                // A sender of its own for each, since two files of the collection may hold the same bytes.
                await client.SendAsync($"MAIL FROM:<{index}@example.net> SIZE={message.Length}\r\nRCPT TO:<bob@example.org>\r\nBDAT {message.Length} LAST\r\n");
                await client.SendAsync(message);
                await client.ExpectAsync("250 2.1.0");
                await client.ExpectAsync("250 2.1.5 Recipient");
            }
            else
            {
                await client.BeginAsync($"{index}@example.net", "bob@example.org");
                await client.SendMessageAsync(message);
                expected = message.AsSpan().EndsWith("\r\n"u8) ? message : [.. message, .. "\r\n"u8];
            }

            await client.ExpectAsync("250 2.1.5 <bob@example.org>");
            Assert.Equal(Encoding.Latin1.GetString(expected), mailboxes.Stored[^1].Body);
        }

        Assert.Equal(Corpus.Files.Count, mailboxes.Stored.Count);
    }
}
