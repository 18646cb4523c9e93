using MailGrains.Interop.Tests.Server;
using MailKit;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>What clients get of a mailbox of ten thousand messages that came through Postfix.</summary>
public sealed class GreatMailboxTests(GreatMailbox mailbox) : IClassFixture<GreatMailbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MailKit_reads_what_is_stored()
    {
        var (server, messages) = await mailbox.GetAsync();
        using var client = await StoredMail.ConnectAsync(server.Ports.Imap, GreatMailbox.User, SharedServer.Password, Cancellation);
        var inbox = client.Inbox!;
        await inbox.OpenAsync(FolderAccess.ReadOnly, Cancellation);
        Assert.Equal(messages.Count, inbox.Count);
        foreach (var (uid, message) in messages)
        {
            using var read = new MemoryStream(message.Length);
            await (await inbox.GetStreamAsync(new UniqueId(uid), "", Cancellation)).CopyToAsync(read, Cancellation);
            Octets.AssertSame(message, read.ToArray(), $"UID {uid}");
        }
    }

    [Fact]
    public async Task Mbsync_copies_what_is_stored_and_then_has_nothing_to_do()
    {
        Assert.SkipWhen(Programs.Find("mbsync") is null, "mbsync (isync) is not installed.");
        var (server, messages) = await mailbox.GetAsync();
        using var replica = new MbsyncReplica(server, GreatMailbox.User);
        await replica.SyncWithoutComplaintAsync();

        var files = MbsyncReplica.Files(replica.Inbox).ToDictionary(MbsyncReplica.UidOf);
        Assert.Equal(messages.Keys, files.Keys.Order());
        foreach (var (uid, message) in messages)
        {
            var file = await File.ReadAllBytesAsync(files[uid], Cancellation);
            Octets.AssertSame(MbsyncReplica.AsCopied(message), MbsyncReplica.WithoutMark(file), $"UID {uid}");
        }

        var state = replica.State();
        await replica.SyncWithoutComplaintAsync();
        Assert.Equal(state, replica.State());
    }

    [Fact]
    public async Task Mutt_reads_what_is_stored_and_saves_it()
    {
        var (server, messages) = await mailbox.GetAsync();
        using var mutt = new MuttProgram(server, GreatMailbox.User);
        var saved = mutt.Folder("saved");
        await mutt.RunAsync($"<tag-pattern>~A<enter><tag-prefix><copy-message>{saved}<enter><exit>");

        var received = mutt.Received();
        Assert.Equal(messages.Keys, received.Keys.Order());
        foreach (var (uid, message) in messages)
        {
            var file = await File.ReadAllBytesAsync(received[uid], Cancellation);
            Octets.AssertSame(MuttProgram.AsReceived(message), file, $"UID {uid}");
        }
        Assert.Equal(messages.Count, MbsyncReplica.Files(saved).Count());
    }
}
