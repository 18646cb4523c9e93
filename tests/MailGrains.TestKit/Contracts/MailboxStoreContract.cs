using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Mailboxes;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every engine owes the mailbox grain.</summary>
public abstract partial class MailboxStoreContract : StoreContract
{
    [Fact]
    public async Task First_claim_creates_an_empty_mailbox_and_each_claim_raises_the_epoch()
    {
        var account = NewAccount();
        var first = await Store.Mailboxes.ClaimAsync(account, Cancellation);
        var second = await Store.Mailboxes.ClaimAsync(account, Cancellation);

        Assert.Equal(MailboxHead.Empty, first.Head);
        Assert.Empty(first.Folders);
        Assert.Empty(first.Keywords);
        Assert.Empty(first.Subscriptions);
        Assert.True(second.Epoch > first.Epoch);
    }

    [Fact]
    public async Task Claim_returns_what_was_committed()
    {
        var actor = await MailboxAsync();
        await CommitAsync(actor.CreateFolder("Gesendet/Ölwechsel", "Sent"));
        await CommitAsync(actor.Deliver(FolderId.Inbox), actor.AddKeyword("$Forwarded"), actor.AddKeyword("Wichtig"));
        await CommitAsync(actor.Subscribe("INBOX", true), actor.Subscribe("Alt", true), actor.Subscribe("Alt", false));
        await CommitAsync(actor.ForgetExpunges(FolderId.Inbox, 3));

        var claim = await Store.Mailboxes.ClaimAsync(actor.Account, Cancellation);

        Assert.Equal(actor.Head, claim.Head);
        Assert.Equal(actor.Folders, claim.Folders);
        Assert.Equal(["$Forwarded", "Wichtig"], claim.Keywords);
        Assert.Equal(["INBOX"], claim.Subscriptions);
    }

    [Fact]
    public async Task Reading_a_mailbox_shows_its_state_and_takes_it_from_nobody()
    {
        Assert.Null(await Store.Mailboxes.ReadMailboxAsync(NewAccount(), Cancellation));
        var owner = await ClaimAsync(NewAccount());
        await CommitAsync(owner.CreateFolder("INBOX"));
        var read = await Store.Mailboxes.ReadMailboxAsync(owner.Account, Cancellation);
        Assert.Equal(owner.Head, read!.Head);
        Assert.Equal("INBOX", Assert.Single(read.Folders).Path);
        await CommitAsync(owner.CreateFolder("Second"));
    }

    [Fact]
    public async Task A_whole_mailbox_is_read_with_the_pages_of_all_folders()
    {
        Assert.Null(await Store.Mailboxes.ReadWholeAsync(NewAccount(), Cancellation));
        var actor = await MailboxAsync();
        await CommitAsync(actor.CreateFolder("Empty"), actor.CreateFolder("Other"));
        var other = actor.Folders.Last().Id;
        await CommitAsync([.. Enumerable.Range(0, 300).Select(_ => actor.Deliver(FolderId.Inbox)), actor.Deliver(other)]);
        var second = actor.Uids(FolderId.Inbox).Where(u => MessagePage.NumberOf(u) == 1);
        await CommitAsync(actor.Expunge(FolderId.Inbox, [.. second]), actor.AddKeyword("$Forwarded"));

        var whole = await Store.Mailboxes.ReadWholeAsync(actor.Account, Cancellation);

        Assert.Equal((actor.Head, "$Forwarded"), (whole!.State.Head, Assert.Single(whole.State.Keywords)));
        Assert.Equal(actor.Folders, whole.State.Folders);
        Assert.Equal([FolderId.Inbox, other], whole.Pages.Keys.OrderBy(f => f.Value));
        foreach (var (folder, pages) in whole.Pages)
            Assert.Equal((await Pages(actor, folder)).Select(PageCodec.Encode), pages.Select(PageCodec.Encode));
        Assert.Equal([0, 2], whole.Pages[FolderId.Inbox].Select(p => p.Number));
        await CommitAsync(actor.CreateFolder("Still its own"));
    }

    [Fact]
    public async Task A_whole_mailbox_is_of_one_commit_however_busy_it_is()
    {
        var actor = await MailboxAsync();
        await CommitAsync([.. Enumerable.Range(0, 300).Select(_ => actor.Deliver(FolderId.Inbox))]);
        var busy = Task.Run(
            async () =>
            {
                for (var i = 0; i < 200; i++) await CommitAsync(actor.Deliver(FolderId.Inbox), actor.Expunge(FolderId.Inbox, [(uint)i + 1]));
            },
            Cancellation);
        while (!busy.IsCompleted)
        {
            var whole = (await Store.Mailboxes.ReadWholeAsync(actor.Account, Cancellation))!;
            var (folder, pages) = (whole.State.Folders[0], whole.Pages[FolderId.Inbox]);
            Assert.Equal(folder.Messages, pages.Sum(p => p.Count));
            Assert.Equal(folder.UidNext - 1, pages[^1].Uids[^1]);
            Assert.Equal(whole.State.Head.Messages, folder.Messages);
        }

        await busy;
    }

    [Fact]
    public async Task Fence_stops_the_older_owner_and_nobody_else_in_the_group()
    {
        var stale = await MailboxAsync();
        var other = await MailboxAsync();
        var owner = await ClaimAsync(stale.Account);
        var zombie = stale.Deliver(FolderId.Inbox);

        var outcomes = await Store.Mailboxes.CommitAsync(
            [zombie, other.Deliver(FolderId.Inbox), owner.Deliver(FolderId.Inbox), stale.CreateFolder("Zombie")], Cancellation);

        Assert.Equal([CommitOutcome.Fenced, CommitOutcome.Committed, CommitOutcome.Committed, CommitOutcome.Fenced], outcomes);
        var after = await Store.Mailboxes.ClaimAsync(stale.Account, Cancellation);
        Assert.Equal(owner.Head, after.Head);
        Assert.Equal(owner.Folders, after.Folders);
        var events = await Store.Events.ReadMailboxAsync(stale.Account, 0, 100, Cancellation);
        Assert.Equal(["MailboxCreate", "MessageNew"], events.Select(e => e.Event.Type));
        Assert.Single(await Pages(other, FolderId.Inbox));
    }

    [Fact]
    public async Task Commit_to_a_mailbox_nobody_claimed_is_fenced()
    {
        var actor = new MailboxActor(new MailboxClaim(NewAccount(), 1, MailboxHead.Empty, [], [], []));
        var outcomes = await Store.Mailboxes.CommitAsync([actor.CreateFolder("INBOX")], Cancellation);
        Assert.Equal([CommitOutcome.Fenced], outcomes);
        Assert.DoesNotContain(actor.Account, await Store.Mailboxes.ListMailboxesAsync(null, 1000, Cancellation));
    }

    [Fact]
    public async Task A_group_is_committed_after_its_bodies_are_durable()
    {
        var actor = await MailboxAsync();
        var flush = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var commit = Store.Mailboxes.CommitAsync([actor.Deliver(FolderId.Inbox)], flush.Task, Cancellation);
        Assert.Empty(await Pages(actor, FolderId.Inbox));
        Assert.False(commit.IsCompleted);

        flush.SetResult();
        Assert.Equal([CommitOutcome.Committed], await commit);
        Assert.Single(await Pages(actor, FolderId.Inbox));
    }

    [Fact]
    public async Task A_group_whose_bodies_are_lost_leaves_nothing_behind()
    {
        var actor = await MailboxAsync();
        var before = actor.Head;
        var flush = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var commit = Store.Mailboxes.CommitAsync([actor.Deliver(FolderId.Inbox)], flush.Task, Cancellation);
        var lost = new StoreUnavailableException("The disk is gone.");
        flush.SetException(lost);

        Assert.Same(lost, await Assert.ThrowsAsync<StoreUnavailableException>(() => commit));
        Assert.Empty(await Pages(actor, FolderId.Inbox));
        Assert.Equal(before, (await Store.Mailboxes.ReadMailboxAsync(actor.Account, Cancellation))!.Head);
        Assert.Single(await Store.Events.ReadMailboxAsync(actor.Account, 0, 100, Cancellation));

        await CommitAsync((await ClaimAsync(actor.Account)).Deliver(FolderId.Inbox));
        Assert.Single(await Pages(actor, FolderId.Inbox));
    }

    [Fact]
    public async Task Pages_are_read_in_order_and_absent_ones_are_left_out()
    {
        var actor = await MailboxAsync();
        var group = Enumerable.Range(0, 300).Select(_ => actor.Deliver(FolderId.Inbox)).ToArray();
        await CommitAsync(group);
        await CommitAsync(actor.Expunge(FolderId.Inbox, [.. actor.Uids(FolderId.Inbox).Where(u => MessagePage.NumberOf(u) == 1)]));

        var pages = await Store.Mailboxes.ReadPagesAsync(actor.Account, FolderId.Inbox, 0, int.MaxValue, Cancellation);

        Assert.Equal([0, 2], pages.Select(p => p.Number));
        Assert.All(pages, p => Assert.Equal(PageCodec.Encode(actor.PageOf(FolderId.Inbox, p.Number)), PageCodec.Encode(p)));
        Assert.Equal([2], (await Store.Mailboxes.ReadPagesAsync(actor.Account, FolderId.Inbox, 1, 2, Cancellation)).Select(p => p.Number));
        Assert.Empty(await Store.Mailboxes.ReadPagesAsync(actor.Account, new FolderId(99), 0, int.MaxValue, Cancellation));
        Assert.Empty(await Store.Mailboxes.ReadPagesAsync(NewAccount(), FolderId.Inbox, 0, int.MaxValue, Cancellation));
    }

    [Fact]
    public async Task Of_several_commits_of_one_mailbox_in_a_group_the_last_state_stays()
    {
        var actor = await MailboxAsync();
        await CommitAsync(
            actor.CreateFolder("A"), actor.Deliver(new FolderId(2)), actor.DeleteFolder(new FolderId(2)), actor.CreateFolder("B"),
            actor.Deliver(FolderId.Inbox), actor.SetFlags(FolderId.Inbox, [1], MessageFlags.Seen), actor.Deliver(new FolderId(3)));

        var claim = await Store.Mailboxes.ClaimAsync(actor.Account, Cancellation);
        Assert.Equal(["INBOX", "B"], claim.Folders.Select(f => f.Path));
        Assert.Equal(MessageFlags.Seen, Assert.Single(Assert.Single(await Pages(actor, FolderId.Inbox)).Flags));
        Assert.Empty(await Pages(actor, new FolderId(2)));
        Assert.Single(await Pages(actor, new FolderId(3)));
        var emails = await Store.Emails.ReadEmailsAsync(actor.Account, new EmailId[] { new(1), new(2), new(3) }, Cancellation);
        Assert.Equal([true, false, false], emails.Select(e => e is null));
    }

    [Fact]
    public async Task Deleting_a_folder_takes_its_pages_and_expunges()
    {
        var actor = await MailboxAsync();
        var folder = new FolderId(2);
        await CommitAsync(actor.CreateFolder("A"));
        await CommitAsync([.. Enumerable.Range(0, 10).Select(_ => actor.Deliver(folder))]);
        await CommitAsync(actor.Expunge(folder, [3, 4]));
        await CommitAsync(actor.DeleteFolder(folder));

        Assert.Empty(await Pages(actor, folder));
        Assert.True((await Store.Mailboxes.ReadExpungedAsync(actor.Account, folder, 0, Cancellation)).IsEmpty);
    }

    [Fact]
    public async Task Expunges_are_remembered_by_modseq_until_forgotten()
    {
        var actor = await MailboxAsync();
        await CommitAsync([.. Enumerable.Range(0, 10).Select(_ => actor.Deliver(FolderId.Inbox))]);
        await CommitAsync(actor.Expunge(FolderId.Inbox, [2, 3, 9]));
        var first = actor.Head.ModSeq;
        await CommitAsync(actor.Expunge(FolderId.Inbox, [1]), actor.Expunge(FolderId.Inbox, [4]));

        Assert.Equal("1:4,9", await Expunged(actor, first - 1));
        Assert.Equal("1,4", await Expunged(actor, first));
        Assert.Equal("", await Expunged(actor, actor.Head.ModSeq));

        await CommitAsync(actor.ForgetExpunges(FolderId.Inbox, first));
        Assert.Equal("1,4", await Expunged(actor, 0));
    }

    [Fact]
    public async Task Mailboxes_are_listed_page_by_page()
    {
        var accounts = new List<AccountId>();
        for (var i = 0; i < 7; i++)
        {
            accounts.Add(NewAccount());
            await Store.Mailboxes.ClaimAsync(accounts[^1], Cancellation);
        }

        var listed = new List<AccountId>();
        while (await Store.Mailboxes.ListMailboxesAsync(listed.Count == 0 ? null : listed[^1], 3, Cancellation) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= 3);
            listed.AddRange(page);
        }

        Assert.Equal(accounts.OrderBy(a => a.Value), listed);
    }

    [Fact]
    public async Task An_empty_group_is_no_work()
    {
        Assert.Empty(await Store.Mailboxes.CommitAsync([], Cancellation));
    }

    private Task<IReadOnlyList<MessagePage>> Pages(MailboxActor actor, FolderId folder) =>
        Store.Mailboxes.ReadPagesAsync(actor.Account, folder, 0, int.MaxValue, Cancellation);

    private async Task<string> Expunged(MailboxActor actor, long since) =>
        (await Store.Mailboxes.ReadExpungedAsync(actor.Account, FolderId.Inbox, since, Cancellation)).ToString();
}
