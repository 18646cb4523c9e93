using MailGrains.Grains.Contracts.Folders;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using MailGrains.Model.Folders;
using static MailGrains.Grains.Tests.Mailboxes.TestMailbox;

namespace MailGrains.Grains.Tests.Mailboxes;

public sealed class MailboxFolderTests(MailboxCluster cluster)
{
    [Fact]
    public async Task Creating_makes_missing_parents_and_each_folder_has_a_UIDVALIDITY_of_its_own()
    {
        var mailbox = cluster.NewMailbox();
        await mailbox.Grain.CreateFolderAsync(SessionId.None, "a/b/c/", null);
        Assert.Equal(["a", "a/b", "a/b/c"], (await mailbox.Grain.ListAsync()).Folders.Select(f => f.Path).Where(p => p[0] == 'a'));
        var status = await mailbox.Grain.StatusAsync(new FolderPaths(["a", "a/b", "a/b/c", "inbox", "nowhere"]));
        Assert.Null(status.Items[4]);
        Assert.Equal(4, status.Items.Take(4).Select(s => s!.UidValidity).Distinct().Count());
        Assert.Equal(MailboxError.AlreadyExists, await ErrorOf(() => mailbox.Grain.CreateFolderAsync(SessionId.None, "a/b", null)));
    }

    [Fact]
    public async Task A_name_used_again_never_has_the_UIDVALIDITY_it_had()
    {
        var mailbox = cluster.NewMailbox();
        var seen = new List<uint>();
        for (var i = 0; i < 5; i++)
        {
            await mailbox.Grain.CreateFolderAsync(SessionId.None, "again", null);
            seen.Add((await mailbox.Grain.StatusAsync(new FolderPaths(["again"]))).Items[0]!.UidValidity);
            await mailbox.Grain.DeleteFolderAsync(SessionId.None, "again");
        }

        Assert.Equal(seen.Order().Distinct(), seen);
    }

    [Fact]
    public async Task Deleting_a_folder_frees_its_contents_leaves_those_below_and_tells_who_had_it_selected()
    {
        var mailbox = cluster.NewMailbox();
        await mailbox.Grain.CreateFolderAsync(SessionId.None, "a/b", null);
        var session = await mailbox.SelectAsync("a");
        await mailbox.AppendAsync(session, "a", count: 3);
        await mailbox.Grain.DeleteFolderAsync(SessionId.None, "a");
        Assert.Contains("a/b", (await mailbox.Grain.ListAsync()).Folders.Select(f => f.Path));
        Assert.True((await mailbox.Grain.SyncAsync(session, UpdateScope.WithoutExpunges)).FolderGone);
        Assert.Equal(MailboxError.NotSelected, await ErrorOf(() => mailbox.RowsAsync(session)));
        Assert.Equal(0, (await mailbox.Grain.TotalsAsync()).Messages);
        Assert.Null((await cluster.Store.ReadEmailsAsync(mailbox.Account, new[] { new EmailId(1) }, CancellationToken.None))[0]);
        Assert.Equal(MailboxError.NonExistent, await ErrorOf(() => mailbox.Grain.DeleteFolderAsync(SessionId.None, "a")));
        Assert.Equal(MailboxError.Cannot, await ErrorOf(() => mailbox.Grain.DeleteFolderAsync(SessionId.None, "inbox")));
    }

    [Fact]
    public async Task Renaming_takes_the_folders_below_along_and_their_sessions_notice_nothing()
    {
        var mailbox = cluster.NewMailbox();
        await mailbox.Grain.CreateFolderAsync(SessionId.None, "a/b/c", null);
        await mailbox.Grain.CreateFolderAsync(SessionId.None, "ab", null);
        var session = await mailbox.SelectAsync("a/b");
        await mailbox.AppendAsync(session, "a/b");
        var before = (await mailbox.EventsAsync()).Count;
        await mailbox.Grain.RenameFolderAsync(SessionId.None, "a", "x/y");
        var paths = (await mailbox.Grain.ListAsync()).Folders.Select(f => f.Path).ToList();
        Assert.Equal(["ab", "x", "x/y", "x/y/b", "x/y/b/c"], paths.Where(p => char.IsLower(p[0])));
        Assert.Equal(["MailboxCreate", "MailboxRename", "MailboxRename", "MailboxRename"], await mailbox.TypesAsync(before));
        var uids = Uids(await mailbox.RowsAsync(session));
        Assert.Equal([1u], uids);
        Assert.Equal(MailboxError.Cannot, await ErrorOf(() => mailbox.Grain.RenameFolderAsync(SessionId.None, "x", "x/z")));
        Assert.Equal(MailboxError.AlreadyExists, await ErrorOf(() => mailbox.Grain.RenameFolderAsync(SessionId.None, "x", "ab")));
        Assert.Equal(MailboxError.NonExistent, await ErrorOf(() => mailbox.Grain.RenameFolderAsync(SessionId.None, "q", "r")));
    }

    [Fact]
    public async Task Renaming_INBOX_moves_its_messages_and_leaves_it_empty()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        await mailbox.AppendAsync(session, count: 3);
        await mailbox.Grain.RenameFolderAsync(session, "INBOX", "Old");
        var status = await mailbox.Grain.StatusAsync(new FolderPaths(["INBOX", "Old"]));
        Assert.Equal([0u, 3u], status.Items.Select(s => s!.Messages));
        Assert.Equal([3u, 2u, 1u], (await mailbox.Grain.SyncAsync(session, UpdateScope.All)).Expunged);
    }

    [Fact]
    public async Task A_special_use_may_be_that_of_several_folders()
    {
        var mailbox = cluster.NewMailbox();
        Assert.Equal(MailboxError.Cannot, await ErrorOf(() => mailbox.Grain.CreateFolderAsync(SessionId.None, "Mine", @"\Mine")));
        Assert.Equal("Sent", (await mailbox.Grain.CreateFolderAsync(SessionId.None, "Sent2", @"\Sent")).SpecialUse);
        Assert.Equal("Flagged", (await mailbox.Grain.CreateFolderAsync(SessionId.None, "Stars", @"\flagged")).SpecialUse);
    }

    [Fact]
    public async Task Subscribing_twice_is_one_event()
    {
        var mailbox = cluster.NewMailbox();
        await mailbox.Grain.ListAsync();
        var before = (await mailbox.EventsAsync()).Count;
        await mailbox.Grain.SubscribeAsync(SessionId.None, "not/there", subscribed: true);
        await mailbox.Grain.SubscribeAsync(SessionId.None, "not/there", subscribed: true);
        await mailbox.Grain.SubscribeAsync(SessionId.None, "not/there", subscribed: false);
        Assert.Equal(["MailboxSubscribe", "MailboxUnsubscribe"], await mailbox.TypesAsync(before));
    }

    [Fact]
    public async Task Login_and_logout_frame_what_a_session_does()
    {
        var mailbox = cluster.NewMailbox();
        await mailbox.Grain.ListAsync();
        var before = (await mailbox.EventsAsync()).Count;
        var session = await mailbox.SelectAsync();
        await mailbox.AppendAsync(session);
        await mailbox.Grain.CloseSessionAsync(session);
        await mailbox.Grain.CloseSessionAsync(session);
        Assert.Equal(["Login", "MessageAppend", "Logout"], await mailbox.TypesAsync(before));
        await mailbox.AssertChainAsync();
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../x")]
    [InlineData("a//b")]
    [InlineData("/a")]
    [InlineData("")]
    [InlineData("a\0")]
    [InlineData("a\r\nb")]
    [InlineData("a\u0085b")]
    [InlineData("\u202Egnp.exe")]
    public async Task Treacherous_names_are_refused(string name)
    {
        var mailbox = cluster.NewMailbox();
        Assert.Equal(MailboxError.Cannot, await ErrorOf(() => mailbox.Grain.CreateFolderAsync(SessionId.None, name, null)));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_name()
    {
        Assert.False(FolderPath.TryNormalize("x" + (char)0xD800, out _));
        Assert.False(FolderPath.TryNormalize((char)0xDC00 + "x", out _));
        Assert.True(FolderPath.TryNormalize("\U0001F4EB", out _));
    }

    [Fact]
    public async Task Long_and_deep_names_are_refused_and_twins_are_one()
    {
        var mailbox = cluster.NewMailbox();
        Assert.Equal(MailboxError.Cannot, await ErrorOf(() => mailbox.Grain.CreateFolderAsync(SessionId.None, new string('x', 256), null)));
        Assert.Equal(MailboxError.Cannot, await ErrorOf(() => mailbox.Grain.CreateFolderAsync(SessionId.None, new string('x', 65536), null)));
        var deep = string.Join('/', Enumerable.Repeat("d", 21));
        Assert.Equal(MailboxError.Cannot, await ErrorOf(() => mailbox.Grain.CreateFolderAsync(SessionId.None, deep, null)));
        await mailbox.Grain.CreateFolderAsync(SessionId.None, "Cafe\u0301", null);
        Assert.Equal(MailboxError.AlreadyExists, await ErrorOf(() => mailbox.Grain.CreateFolderAsync(SessionId.None, "Caf\u00e9", null)));
        Assert.Equal("INBOX/x", (await mailbox.Grain.CreateFolderAsync(SessionId.None, "inbox/x", null)).Path);
    }
}
