using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What an engine that keeps its data owes to those who close it, kill it, or start it again.</summary>
public abstract class DurableStoreContract : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The store of a folder; opened again, it is the same store.</summary>
    protected abstract Task<StoreHarness> OpenAsync(TemporaryFolder folder);

    /// <summary>What is left of an open store when everything that writes to it is killed in this moment, opened by another process.</summary>
    protected abstract Task<StoreHarness> OpenRemainsAsync(TemporaryFolder folder);

    public virtual void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Closing_and_opening_keeps_everything()
    {
        MailboxActor actor;
        int partitions;
        await using (var store = await OpenAsync(_folder))
        {
            actor = await FillAsync(store);
            partitions = store.Events.Partitions;
        }

        await using var again = await OpenAsync(_folder);
        Assert.Equal(partitions, again.Events.Partitions);
        await AssertWholeAsync(again, actor);
    }

    [Fact]
    public async Task What_was_committed_is_there_after_a_kill()
    {
        await using var store = await OpenAsync(_folder);
        var actor = await FillAsync(store);

        await using var again = await OpenRemainsAsync(_folder);

        await AssertWholeAsync(again, actor);
        var owner = await MailboxActor.ClaimAsync(again.Mailboxes, actor.Account);
        Assert.Equal([CommitOutcome.Committed], await again.Mailboxes.CommitAsync([owner.CreateFolder("After")], Cancellation));
    }

    [Fact]
    public async Task Epochs_go_on_rising_after_a_restart()
    {
        var account = new AccountId(Guid.NewGuid());
        MailboxActor stale;
        await using (var store = await OpenAsync(_folder)) stale = await MailboxActor.ClaimAsync(store.Mailboxes, account);

        await using var again = await OpenAsync(_folder);
        var owner = await MailboxActor.ClaimAsync(again.Mailboxes, account);
        Assert.True(owner.Epoch > stale.Epoch);
        Assert.Equal([CommitOutcome.Fenced], await again.Mailboxes.CommitAsync([stale.CreateFolder("INBOX")], Cancellation));
    }

    private static async Task<MailboxActor> FillAsync(StoreHarness store)
    {
        var actor = await MailboxActor.ClaimAsync(store.Mailboxes, new AccountId(Guid.NewGuid()));
        MailboxCommit[] first = [actor.CreateFolder("INBOX"), actor.CreateFolder("Archiv/Größe", "Archive"), actor.AddKeyword("$Junk")];
        await store.Mailboxes.CommitAsync(first, Cancellation);
        await store.Mailboxes.CommitAsync([.. Enumerable.Range(0, 200).Select(_ => actor.Deliver(FolderId.Inbox))], Cancellation);
        MailboxCommit[] last =
        [
            actor.Copy(FolderId.Inbox, 7, new FolderId(2)), actor.Expunge(FolderId.Inbox, [5, 150]),
            actor.SetFlags(FolderId.Inbox, [1, 2], MessageFlags.Flagged), actor.Subscribe("INBOX", true),
        ];
        await store.Mailboxes.CommitAsync(last, Cancellation);
        return actor;
    }

    private static async Task AssertWholeAsync(StoreHarness store, MailboxActor actor)
    {
        var claim = await store.Mailboxes.ClaimAsync(actor.Account, Cancellation);
        Assert.Equal(actor.Head, claim.Head);
        Assert.Equal(actor.Folders, claim.Folders);
        Assert.Equal(["$Junk"], claim.Keywords);
        Assert.Equal(["INBOX"], claim.Subscriptions);
        var pages = await store.Mailboxes.ReadPagesAsync(actor.Account, FolderId.Inbox, 0, int.MaxValue, Cancellation);
        Assert.Equal(actor.Uids(FolderId.Inbox), pages.SelectMany(p => p.Uids));
        Assert.All(pages, p => Assert.Equal(PageCodec.Encode(actor.PageOf(FolderId.Inbox, p.Number)), PageCodec.Encode(p)));
        Assert.Equal("5,150", (await store.Mailboxes.ReadExpungedAsync(actor.Account, FolderId.Inbox, 0, Cancellation)).ToString());
        var emails = await store.Emails.ReadEmailsAsync(actor.Account, actor.Emails.ToArray(), Cancellation);
        Assert.All(emails, Assert.NotNull);
        var events = await store.Events.ReadMailboxAsync(actor.Account, 0, 1000, Cancellation);
        Assert.Equal(actor.Head.EventSequence, events.Count);
        Assert.Equal(actor.Head.LastEventHash, events[^1].Event.Hash);
    }
}
