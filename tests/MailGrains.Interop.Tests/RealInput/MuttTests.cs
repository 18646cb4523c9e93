using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

public sealed class MuttTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mutt_reads_the_octets_of_appended_messages_and_flags_one()
    {
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("mutt");
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation);
        var messages = SentMail.RealMessages().ToList();
        foreach (var message in messages) (await imap.AppendAsync("INBOX", "", message, Cancellation)).Ok();

        using var mutt = new MuttProgram(server, user);
        var saved = mutt.Folder("saved");
        await mutt.RunAsync($"<tag-pattern>~A<enter><tag-prefix><copy-message>{saved}<enter><last-entry><flag-message><sync-mailbox><exit>");
        var received = mutt.Received();
        Assert.Equal(messages.Count, received.Count);
        Assert.Equal(messages.Count, MbsyncReplica.Files(saved).Count());
        for (var i = 0; i < messages.Count; i++)
        {
            var file = await File.ReadAllBytesAsync(received[(uint)i + 1], Cancellation);
            Octets.AssertSame(MuttProgram.AsReceived(messages[i]), file, $"message {i + 1}");
        }

        (await imap.RunAsync("EXAMINE INBOX", Cancellation)).Ok();
        var flags = (await imap.RunAsync("FETCH 1:* FLAGS", Cancellation)).Untagged.Select(u => u.Text).ToList();
        Assert.DoesNotContain("\\Flagged", flags[^2]);
        Assert.Contains("\\Flagged", flags[^1]);
    }
}
