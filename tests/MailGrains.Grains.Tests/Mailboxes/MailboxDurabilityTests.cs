using MailGrains.Grains.Contracts.Folders;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using MailGrains.Storage;
using Orleans.Core.Internal;
using static MailGrains.Grains.Tests.Mailboxes.TestMailbox;

namespace MailGrains.Grains.Tests.Mailboxes;

public sealed class MailboxDurabilityTests(MailboxCluster cluster)
{
    [Fact]
    public async Task Readers_see_nothing_before_it_is_durable_and_writers_do_not_wait_for_each_other()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        var queued = cluster.Committer.Queued(mailbox.Account);
        cluster.Committer.Hold(mailbox.Account);
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Committer.OnQueued += account =>
        {
            if (account == mailbox.Account && cluster.Committer.Queued(account) == queued + 2) both.TrySetResult();
        };

        var first = mailbox.Grain.DeliverAsync(Delivery());
        var second = mailbox.Grain.DeliverAsync(Delivery());
        await both.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(0, (await mailbox.RowsAsync(session)).Rows.Count);
        Assert.Null((await mailbox.Grain.SyncAsync(session, UpdateScope.All)).Exists);
        Assert.Equal(1u, (await mailbox.Grain.StatusAsync(new FolderPaths(["INBOX"]))).Items[0]!.UidNext);
        Assert.False(first.IsCompleted || second.IsCompleted);

        cluster.Committer.Release(mailbox.Account);
        uint[] uids = [(await first).Uid, (await second).Uid];
        Assert.Equal([1u, 2u], uids.Order());
        Assert.Equal(2u, (await mailbox.Grain.SyncAsync(session, UpdateScope.All)).Exists);
    }

    [Fact]
    public async Task What_could_not_be_made_durable_is_not_acknowledged_and_the_next_call_works_once_it_can()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        await mailbox.AppendAsync(session, count: 3);
        cluster.Committer.Break(mailbox.Account);
        var delivery = Delivery();
        var failures = await Task.WhenAll(
            ErrorOf(() => mailbox.Grain.DeliverAsync(delivery)),
            ErrorOf(() => mailbox.StoreAsync(session, Set(1), StoreMode.Add, @"\Seen")),
            ErrorOf(() => mailbox.Grain.CreateFolderAsync(SessionId.None, "new", null)));
        Assert.All(failures, f => Assert.Equal(MailboxError.Unavailable, f));
        Assert.Equal(3, (await mailbox.RowsAsync(session)).Rows.Count);

        cluster.Committer.Repair(mailbox.Account);
        Assert.False((await mailbox.Grain.DeliverAsync(delivery)).Duplicate);
        var told = await mailbox.Grain.SyncAsync(session, UpdateScope.All);
        Assert.Equal(4u, told.Exists);
        Assert.Equal(0, told.Changed.Count);
        Assert.DoesNotContain("new", (await mailbox.Grain.ListAsync()).Folders.Select(f => f.Path));
        var uids = Uids(await mailbox.RowsAsync(session));
        Assert.Equal([1u, 2u, 3u, 4u], uids);
        await mailbox.AssertChainAsync();
    }

    [Fact]
    public async Task What_may_have_become_durable_is_not_said_to_be_undone()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        await mailbox.AppendAsync(session, count: 1);
        cluster.Committer.Break(mailbox.Account, new OutcomeUnknownException("The store closes."));
        Assert.Equal(MailboxError.Uncertain, await ErrorOf(() => mailbox.Grain.DeliverAsync(Delivery())));
        cluster.Committer.Repair(mailbox.Account);
    }

    [Fact]
    public async Task What_another_session_has_just_done_is_acknowledged_no_sooner_than_it_is_durable()
    {
        var mailbox = cluster.NewMailbox();
        var (first, second) = (await mailbox.SelectAsync(), await mailbox.SelectAsync());
        await mailbox.AppendAsync(first, count: 2);
        await mailbox.StoreAsync(first, Set(2), StoreMode.Add, @"\Deleted");
        await mailbox.Grain.SyncAsync(second, UpdateScope.All);
        cluster.Committer.Hold(mailbox.Account);
        Task[] calls =
        [
            mailbox.StoreAsync(first, Set(1), StoreMode.Add, @"\Seen"),
            mailbox.Grain.ExpungeAsync(first, new ExpungeRequest()),
            mailbox.Grain.SubscribeAsync(first, "news", subscribed: true),
            mailbox.StoreAsync(second, Set(1), StoreMode.Add, @"\Seen"),
            mailbox.Grain.ExpungeAsync(second, new ExpungeRequest()),
            mailbox.Grain.SubscribeAsync(second, "news", subscribed: true),
        ];
        await mailbox.Grain.TotalsAsync();
        cluster.Committer.Break(mailbox.Account);
        cluster.Committer.Release(mailbox.Account);

        foreach (var call in calls) Assert.Equal(MailboxError.Unavailable, await ErrorOf(() => call));
        cluster.Committer.Repair(mailbox.Account);
        var uids = Uids(await mailbox.RowsAsync(second));
        Assert.Equal([1u, 2u], uids);
    }

    [Fact]
    public async Task A_session_whose_login_was_lost_does_nothing_before_it_is_opened_again()
    {
        var mailbox = cluster.NewMailbox();
        await mailbox.Grain.TotalsAsync();
        cluster.Committer.Break(mailbox.Account);
        var session = SessionId.New(TimeProvider.System);
        await mailbox.Grain.OpenSessionAsync(session, Imap, null);
        Assert.Equal(MailboxError.Unavailable, await ErrorOf(() => mailbox.Grain.DeliverAsync(Delivery())));
        cluster.Committer.Repair(mailbox.Account);
        var before = (await mailbox.EventsAsync()).Count;

        Assert.Equal(MailboxError.UnknownSession, await ErrorOf(() => mailbox.AppendAsync(session)));
        await mailbox.Grain.OpenSessionAsync(session, Imap, null);
        await mailbox.AppendAsync(session);
        Assert.Equal(["Login", "MessageAppend"], await mailbox.TypesAsync(before));
    }

    [Fact]
    public async Task A_mailbox_whose_first_folders_are_not_durable_is_unavailable_and_not_empty()
    {
        var mailbox = cluster.NewMailbox();
        cluster.Committer.Break(mailbox.Account);
        Assert.Equal(MailboxError.Unavailable, await ErrorOf(() => mailbox.Grain.ListAsync()));
        Assert.Equal(MailboxError.Unavailable, await ErrorOf(() => mailbox.Grain.CheckAppendAsync(SessionId.None, "INBOX", 1)));
        cluster.Committer.Repair(mailbox.Account);
        Assert.Contains("INBOX", (await mailbox.Grain.ListAsync()).Folders.Select(f => f.Path));
    }

    [Fact]
    public async Task An_owner_that_was_replaced_commits_nothing_says_so_and_the_caller_succeeds_at_the_next()
    {
        var mailbox = cluster.NewMailbox();
        await mailbox.Grain.DeliverAsync(Delivery());
        await cluster.Store.ClaimAsync(mailbox.Account, CancellationToken.None);
        var delivery = Delivery();
        Assert.Equal(MailboxError.Moved, await ErrorOf(() => mailbox.Grain.DeliverAsync(delivery)));
        Assert.Single(await mailbox.EventsAsync(), e => e.Type == "MessageNew");

        var result = await Retrying(() => mailbox.Grain.DeliverAsync(delivery));
        Assert.False(result.Duplicate);
        Assert.Equal(2u, result.Uid);
        Assert.Equal(2, (await mailbox.Grain.TotalsAsync()).Messages);
        await mailbox.AssertChainAsync();
    }

    [Fact]
    public async Task A_new_activation_finds_everything_and_remembers_operations()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        await mailbox.AppendAsync(session, count: 300, flags: "$kept");
        var delivery = Delivery();
        var first = await mailbox.Grain.DeliverAsync(delivery);
        await RestartAsync(mailbox);

        var again = await Retrying(() => mailbox.Grain.DeliverAsync(delivery));
        Assert.Equal(first with { Duplicate = true }, again);
        await mailbox.Grain.DeliverAsync(Delivery());
        session = await mailbox.SelectAsync();
        var rows = await mailbox.RowsAsync(session);
        Assert.Equal(Enumerable.Range(1, 302).Select(i => (uint)i), Uids(rows));
        Assert.Equal(300, await CountAsync(rows));
        var status = (await mailbox.Grain.StatusAsync(new FolderPaths(["INBOX"]))).Items[0]!;
        Assert.Equal((302u, 302u), (status.Messages, status.Unseen));
        Assert.False(await mailbox.Grain.RecountAsync());
        await mailbox.AssertChainAsync();

        static Task<int> CountAsync(RowsResult rows)
        {
            var count = 0;
            foreach (var row in rows.Rows) count += rows.Keywords.Names(row.Flags).Contains("$kept") ? 1 : 0;
            return Task.FromResult(count);
        }
    }

    [Fact]
    public async Task Messages_are_recent_once_across_an_orderly_end_of_the_activation()
    {
        var mailbox = cluster.NewMailbox();
        await mailbox.Grain.DeliverAsync(Delivery());
        Assert.Equal(1u, (await mailbox.Grain.StatusAsync(new FolderPaths(["INBOX"]))).Items[0]!.Recent);
        var looking = await mailbox.OpenAsync();
        Assert.Equal("1", (await mailbox.Grain.SelectAsync(looking, new SelectRequest("INBOX", ReadOnly: true))).Recent.ToString());
        Assert.Equal("1", (await mailbox.Grain.SelectAsync(looking, new SelectRequest("INBOX"))).Recent.ToString());
        await mailbox.Grain.CloseSessionAsync(looking);
        var before = (await mailbox.EventsAsync()).Count;

        await mailbox.Grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        Assert.Equal(0u, (await mailbox.Grain.StatusAsync(new FolderPaths(["INBOX"]))).Items[0]!.Recent);
        var back = await mailbox.OpenAsync();
        Assert.True((await mailbox.Grain.SelectAsync(back, new SelectRequest("INBOX"))).Recent.IsEmpty);
        Assert.Equal(["Login"], (await mailbox.TypesAsync(before)).Distinct());
    }

    [Fact]
    public async Task Evicted_sessions_are_told_why_and_must_come_back()
    {
        var mailbox = cluster.NewMailbox();
        var ear = new Ear();
        var session = await mailbox.OpenAsync(cluster.Grains.CreateObjectReference<IMailboxObserver>(ear));
        await mailbox.Grain.EvictSessionsAsync("Account disabled");
        Assert.Equal("Account disabled", await ear.Reason.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Equal(MailboxError.UnknownSession, await ErrorOf(() => mailbox.RowsAsync(session)));
        GC.KeepAlive(ear);
    }

    [Fact]
    public async Task A_session_with_the_folder_selected_is_hinted_and_its_own_changes_are_not()
    {
        var mailbox = cluster.NewMailbox();
        var (ear, own) = (new Ear(), new Ear());
        var listener = await mailbox.OpenAsync(cluster.Grains.CreateObjectReference<IMailboxObserver>(ear));
        await mailbox.Grain.SelectAsync(listener, new SelectRequest("INBOX"));
        var writer = await mailbox.OpenAsync(cluster.Grains.CreateObjectReference<IMailboxObserver>(own));
        await mailbox.Grain.SelectAsync(writer, new SelectRequest("INBOX"));
        await mailbox.AppendAsync(writer);
        Assert.Equal(FolderId.Inbox, await ear.Hint.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.False(own.Hint.Task.IsCompleted);
        GC.KeepAlive((ear, own));
    }

    /// <summary>Makes the activation notice that it was replaced.</summary>
    private async Task RestartAsync(TestMailbox mailbox)
    {
        await cluster.Store.ClaimAsync(mailbox.Account, CancellationToken.None);
        Assert.Equal(MailboxError.Moved, await ErrorOf(() => mailbox.Grain.SubscribeAsync(SessionId.None, "restart", subscribed: true)));
    }

    private static async Task<T> Retrying<T>(Func<Task<T>> call)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (MailboxException failure) when (failure.Error == MailboxError.Moved && tries < 1000)
            {
                await Task.Yield();
            }
        }
    }

    private sealed class Ear : IMailboxObserver
    {
        public TaskCompletionSource<FolderId> Hint { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<string> Reason { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Changed(FolderId folder, long modSeq) => Hint.TrySetResult(folder);

        public void Moved()
        {
        }

        public void Evicted(string reason) => Reason.TrySetResult(reason);
    }
}
