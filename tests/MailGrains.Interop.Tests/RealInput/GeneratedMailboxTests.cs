using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using MailKit;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

public sealed class GeneratedMailboxTests(SharedServer shared)
{
    private const int Messages = 250;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_envelopes_and_structures_of_a_large_mailbox_are_such_that_MailKit_takes_them()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("structures");
        using (var imap = await RawImap.LoggedInAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation))
        {
            foreach (var message in GeneratedMailbox.Messages(Messages))
                (await imap.AppendAsync("INBOX", string.Join(' ', message.Flags), message.Bytes, Cancellation)).Ok();
        }

        using var client = await StoredMail.ConnectAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation);
        await client.Inbox!.OpenAsync(FolderAccess.ReadOnly, Cancellation);
        var summaries = await client.Inbox.FetchAsync(
            0, -1, MessageSummaryItems.UniqueId | MessageSummaryItems.Envelope | MessageSummaryItems.BodyStructure | MessageSummaryItems.Size, Cancellation);
        foreach (var (message, summary) in GeneratedMailbox.Messages(Messages).Zip(summaries))
        {
            using var source = new MemoryStream(message.Bytes);
            var parsed = await MimeKit.MimeMessage.LoadAsync(source, Cancellation);
            Assert.Equal((uint)message.Bytes.Length, summary.Size);
            Assert.Equal(parsed.Subject, summary.Envelope!.Subject);
            Assert.Equal(parsed.MessageId, summary.Envelope.MessageId);
            Assert.Equal(parsed.Date.ToUniversalTime(), summary.Envelope.Date!.Value.ToUniversalTime());
            Assert.Equal(parsed.BodyParts.Count(), summary.BodyParts!.Count());
        }
    }
}
