using MailGrains.Model;
using MailGrains.Storage.Bodies;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What an engine owes the collection of bodies.</summary>
public abstract class BodyCatalogContract : PackCatalogContract
{
    private static readonly DateTimeOffset Later = MailboxActor.Now.AddHours(1);

    protected abstract IBodyCatalog Catalog { get; }

    protected sealed override IPackCatalog Packs => Catalog;

    protected sealed override Task ForgetAsync(BlobId blob) => Catalog.ForgetAsync([blob], Later, Cancellation);

    [Fact]
    public async Task A_body_is_unused_from_the_moment_nothing_refers_to_it_any_more()
    {
        var (first, second) = (await MailboxAsync(), await MailboxAsync());
        await CommitAsync(first.Deliver(FolderId.Inbox, Body), second.Deliver(FolderId.Inbox, Body), second.Deliver(FolderId.Inbox));
        await CommitAsync(first.Expunge(FolderId.Inbox, [1]));
        Assert.Empty(await UnusedAsync(Later));

        await CommitAsync(second.Expunge(FolderId.Inbox, [1]));
        Assert.Equal([Blob], await UnusedAsync(Later));
        Assert.Empty(await UnusedAsync(MailboxActor.Now));
        Assert.Equal(0, await Catalog.ForgetAsync([Blob], MailboxActor.Now, Cancellation));

        Assert.Equal(1, await Catalog.ForgetAsync([Blob], Later, Cancellation));
        Assert.Null(await Store.Bodies.FindAsync(Blob, Cancellation));
        Assert.Empty(await UnusedAsync(Later));
    }

    [Fact]
    public async Task Unused_bodies_are_found_in_pages()
    {
        var actor = await MailboxAsync();
        await CommitAsync([.. Enumerable.Range(0, 25).Select(_ => actor.Deliver(FolderId.Inbox))]);
        await CommitAsync(actor.Expunge(FolderId.Inbox, [.. Enumerable.Range(1, 20).Select(i => (uint)i)]));
        var found = new List<BlobId>();
        for (long after = long.MinValue; ;)
        {
            var page = await Catalog.FindUnusedAsync(Later, after, 7, Cancellation);
            if (page.Count == 0) break;
            Assert.InRange(page.Count, 1, 7);
            found.AddRange(page.Select(p => p.Blob));
            after = page[^1].Position;
        }

        Assert.Equal(20, found.Distinct().Count());
        Assert.Equal(20, found.Count);
    }

    [Fact]
    public async Task A_body_that_came_into_use_again_is_not_forgotten()
    {
        var actor = await MailboxAsync();
        await CommitAsync(actor.Deliver(FolderId.Inbox, Body));
        await CommitAsync(actor.Expunge(FolderId.Inbox, [1]));
        Assert.Equal([Blob], await UnusedAsync(Later));
        await CommitAsync(actor.Deliver(FolderId.Inbox, Body));
        Assert.Equal(0, await Catalog.ForgetAsync([Blob], Later, Cancellation));
        Assert.NotNull(await Store.Bodies.FindAsync(Blob, Cancellation));
    }

    [Fact]
    public async Task A_forgotten_body_is_known_again_when_it_is_delivered_again()
    {
        var actor = await MailboxAsync();
        await CommitAsync(actor.Deliver(FolderId.Inbox, Body));
        await CommitAsync(actor.Expunge(FolderId.Inbox, [1]));
        await Catalog.ForgetAsync([Blob], Later, Cancellation);
        await CommitAsync(actor.Deliver(FolderId.Inbox, Body));
        Assert.NotNull(await Store.Bodies.FindAsync(Blob, Cancellation));
        Assert.Equal(Blob, Assert.Single(await Store.Emails.ReadEmailsAsync(actor.Account, new EmailId[] { new(2) }, Cancellation))!.Blob);
    }

    private async Task<IEnumerable<BlobId>> UnusedAsync(DateTimeOffset before) =>
        (await Catalog.FindUnusedAsync(before, long.MinValue, 100, Cancellation)).Select(u => u.Blob);
}
