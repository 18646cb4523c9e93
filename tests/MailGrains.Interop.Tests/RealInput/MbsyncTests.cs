using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

public sealed class MbsyncTests(SharedServer shared)
{
    private const int Generated = 400;
    private const string Status = "STATUS INBOX (MESSAGES UIDNEXT HIGHESTMODSEQ)";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mbsync_keeps_a_Maildir_and_a_mailbox_the_same_in_both_directions()
    {
        Assert.SkipWhen(Programs.Find("mbsync") is null, "mbsync (isync) is not installed.");
        var server = await shared.GetAsync();
        var user = await shared.NewAccountAsync("mbsync");
        using var imap = await RawImap.LoggedInAsync(server.Ports.Imap, user, SharedServer.Password, Cancellation);
        var sent = await FillAsync(imap);
        using var replica = new MbsyncReplica(server, user);

        // 1. Everything comes down, octet by octet.
        await replica.SyncWithoutComplaintAsync();
        var files = MbsyncReplica.Files(replica.Inbox).ToDictionary(MbsyncReplica.UidOf);
        Assert.Equal(sent.Count, files.Count);
        for (var i = 0; i < sent.Count; i++)
        {
            var file = await File.ReadAllBytesAsync(files[(uint)i + 1], Cancellation);
            Octets.AssertSame(MbsyncReplica.AsCopied(sent[i]), MbsyncReplica.WithoutMark(file), $"message {i + 1}");
        }
        Assert.True(Directory.Exists(Path.Combine(replica.Maildir, "Lists/dotnet/cur")));

        // 2. Once more: nothing to do on either side.
        var (here, there) = (replica.State(), await imap.RunAsync(Status, Cancellation));
        await replica.SyncWithoutComplaintAsync();
        Assert.Equal(here, replica.State());
        Assert.Equal(there.Untagged[0].Text, (await imap.RunAsync(Status, Cancellation)).Untagged[0].Text);

        // 3. A flag and a new message go up, a flag and a new message come down, an expunge too.
        var flagged = await ChangeHereAsync(replica);
        await ChangeThereAsync(imap);
        await replica.SyncWithoutComplaintAsync();
        await AssertSameAsync(replica, imap, flagged, sent.Count + 1);

        // 4. And then there is peace again.
        here = replica.State();
        await replica.SyncWithoutComplaintAsync();
        Assert.Equal(here, replica.State());
    }

    private static async Task<List<byte[]>> FillAsync(RawImap imap)
    {
        (await imap.RunAsync("CREATE Lists/dotnet", Cancellation)).Ok();
        var sent = new List<byte[]>();
        foreach (var message in GeneratedMailbox.Messages(Generated))
        {
            (await imap.AppendAsync("INBOX", string.Join(' ', message.Flags), message.Bytes, Cancellation)).Ok();
            sent.Add(message.Bytes);
        }

        foreach (var message in SentMail.RealMessages())
        {
            (await imap.AppendAsync("INBOX", @"\Seen", message, Cancellation)).Ok();
            sent.Add(message);
        }

        (await imap.AppendAsync("Lists/dotnet", "", sent[0], Cancellation)).Ok();
        return sent;
    }

    /// <summary>Flags one message and adds one; returns the content of the flagged one.</summary>
    private static async Task<byte[]> ChangeHereAsync(MbsyncReplica replica)
    {
        var file = MbsyncReplica.Files(replica.Inbox).First(f => f.EndsWith(":2,S", StringComparison.Ordinal));
        File.Move(file, file[..^1] + "FS");
        await File.WriteAllTextAsync(Path.Combine(replica.Inbox, "cur", "1700000000.local.host:2,"), "Subject: written here\n\nHello\n", Cancellation);
        return await File.ReadAllBytesAsync(file[..^1] + "FS", Cancellation);
    }

    private static async Task ChangeThereAsync(RawImap imap)
    {
        (await imap.RunAsync("SELECT INBOX", Cancellation)).Ok();
        (await imap.RunAsync("UID STORE 7 +FLAGS (\\Answered \\Draft)", Cancellation)).Ok();
        (await imap.RunAsync("UID STORE 9 +FLAGS (\\Deleted)", Cancellation)).Ok();
        (await imap.RunAsync("UID EXPUNGE 9", Cancellation)).Ok();
        (await imap.AppendAsync("INBOX", "\\Flagged", "Subject: written there\r\n\r\nHi\r\n"u8.ToArray(), Cancellation)).Ok();
    }

    private static async Task AssertSameAsync(MbsyncReplica replica, RawImap imap, byte[] flagged, int messages)
    {
        var status = (await imap.RunAsync(Status, Cancellation)).Untagged[0].Text;
        Assert.Contains($"MESSAGES {messages} ", status);
        var files = MbsyncReplica.Files(replica.Inbox).ToList();
        Assert.Equal(messages, files.Count);
        Assert.Contains(files, f => f.EndsWith(":2,F", StringComparison.Ordinal)
            && File.ReadAllText(f).StartsWith("Subject: written there", StringComparison.Ordinal));
        Assert.Contains(files, f => f.Contains(",U=7:2,DR", StringComparison.Ordinal));
        Assert.DoesNotContain(files, f => f.Contains(",U=9:", StringComparison.Ordinal));

        await imap.RunAsync("NOOP", Cancellation);
        Assert.NotEqual("* SEARCH", (await imap.RunAsync("SEARCH SUBJECT \"written here\"", Cancellation)).Untagged[0].Text);
        var uid = MbsyncReplica.UidOf(files.Single(f => File.ReadAllBytes(f).AsSpan().SequenceEqual(flagged)));
        var fetched = (await imap.RunAsync($"UID FETCH {uid} (FLAGS)", Cancellation)).Untagged[^1].Text;
        Assert.Contains("\\Flagged", fetched);
    }
}
