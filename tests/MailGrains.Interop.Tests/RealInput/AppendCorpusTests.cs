using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using MailKit;
using MimeKit;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

public sealed class AppendCorpusTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_real_message_comes_out_of_IMAP_as_it_went_in()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("append");
        var sent = new List<byte[]>();
        using (var imap = await RawImap.LoggedInAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation))
        {
            foreach (var file in Corpus.Files)
            {
                var message = await File.ReadAllBytesAsync(file, Cancellation);
                if (message.Length == 0) continue;
                (await imap.AppendAsync("INBOX", "", message, Cancellation)).Ok();
                sent.Add(message);
            }
        }

        using var client = await StoredMail.ConnectAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation);
        await client.Inbox!.OpenAsync(FolderAccess.ReadOnly, Cancellation);
        Assert.Equal(sent.Count, client.Inbox.Count);
        for (var i = 0; i < sent.Count; i++)
        {
            using var stored = new MemoryStream();
            await (await client.Inbox.GetStreamAsync(i, "", Cancellation)).CopyToAsync(stored, Cancellation);
            Octets.AssertSame(sent[i], stored.ToArray(), $"message {i + 1}");
        }
    }

    [Fact]
    public async Task MailKit_appends_real_messages_and_reads_the_same_octets()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("mailkit");
        using var client = await StoredMail.ConnectAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation);
        var inbox = client.Inbox!;
        await inbox.OpenAsync(FolderAccess.ReadWrite, Cancellation);
        foreach (var file in Corpus.Files)
        {
            // MailKit sends what MimeKit writes; for that the message must be one that MimeKit can read.
            if (await TryLoadAsync(file) is not { } message) continue;
            using var written = new MemoryStream();
            await message.WriteToAsync(FormatOptions.Default.Clone().WithCrLf(), written, Cancellation);
            var uid = await inbox.AppendAsync(FormatOptions.Default.Clone().WithCrLf(), message, cancellationToken: Cancellation);
            Assert.NotNull(uid);
            using var stored = new MemoryStream();
            await (await inbox.GetStreamAsync(uid.Value, "", Cancellation)).CopyToAsync(stored, Cancellation);
            Octets.AssertSame(written.ToArray(), stored.ToArray(), Path.GetFileName(file));
        }

        await inbox.CheckAsync(Cancellation);
        Assert.True(inbox.Count > 100, $"only {inbox.Count} messages could be tried");
        var summaries = await inbox.FetchAsync(0, -1, MessageSummaryItems.All | MessageSummaryItems.BodyStructure, Cancellation);
        Assert.Equal(inbox.Count, summaries.Count);
    }

    private static async Task<MimeMessage?> TryLoadAsync(string file)
    {
        try
        {
            return await MimeMessage.LoadAsync(file, Cancellation);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
