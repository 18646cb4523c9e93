using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

public sealed class LmtpCorpusTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Every_real_message_is_delivered_byte_for_byte(bool chunked, bool unixSocket)
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("lmtp");
        var expected = new List<byte[]>();
        using (var lmtp = unixSocket
            ? await RawLmtp.ConnectAsync(server.LmtpSocket, Cancellation)
            : await RawLmtp.ConnectAsync(server.Ports.Lmtp, Cancellation))
        {
            foreach (var file in Corpus.Files)
            {
                var message = await File.ReadAllBytesAsync(file, Cancellation);
                if (message.Length == 0) continue;

                // A sender of its own for each: files of the collection may hold the same bytes, which from one sender are one message.
                var sender = $"sender{expected.Count}@example.net";
                var replies = chunked
                    ? await lmtp.DeliverChunkAsync(sender, [user], message, Cancellation)
                    : await lmtp.DeliverAsync(sender, [user], message, Cancellation);
                Assert.StartsWith("250 ", Assert.Single(replies));

                // DATA can't carry a message without a line end; BDAT can.
                expected.Add(chunked || message.AsSpan().EndsWith("\r\n"u8) ? message : [.. message, .. "\r\n"u8]);
            }
        }

        var stored = await StoredMail.ReadAllAsync(server.Ports.Imap, user, SharedServer.Password, "INBOX", Cancellation);
        Assert.Equal(expected.Count, stored.Count);
        for (var i = 0; i < expected.Count; i++)
            Octets.AssertSame(expected[i], TraceHeaders.WithoutTrace(stored[i]).Span, $"message {i + 1}");
    }
}
