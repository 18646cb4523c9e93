using MailGrains.Model;
using MailGrains.Storage;
using MailGrains.Storage.Bodies;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What an engine owes the collection of bodies.</summary>
public abstract class BodyCatalogContract : StoreContract
{
    private static readonly DateTimeOffset Later = MailboxActor.Now.AddHours(1);

    private static readonly byte[] Body = "Subject: one\r\n\r\n"u8.ToArray();

    private static readonly BlobId Blob = BlobId.Of(Body);

    protected abstract IBodyCatalog Catalog { get; }

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

    [Fact]
    public async Task What_lies_in_a_pack_is_counted_and_listed()
    {
        var actor = await MailboxAsync();
        await CommitAsync([.. Enumerable.Range(0, 60).Select(i => actor.Deliver(FolderId.Inbox, new byte[i + 1]))]);
        await CommitAsync(actor.Expunge(FolderId.Inbox, [1]));
        var expected = Enumerable.Range(0, 60).Select(i => new byte[i + 1])
            .Select(body => new PlacedBody(BlobId.Of(body), MailboxActor.LocatorOf(BlobId.Of(body), body.Length)))
            .ToLookup(body => body.Locator.Pack);
        Assert.Equal(
            expected.Select(pack => new PackUse(pack.Key, pack.Count(), pack.Sum(b => b.Locator.StoredLength))).OrderBy(u => u.Pack),
            (await Catalog.ReadUseAsync(Cancellation)).OrderBy(u => u.Pack));
        foreach (var pack in expected)
        {
            Assert.Equal(pack.ToHashSet(), (await Catalog.ReadPackAsync(pack.Key, 100, Cancellation)).ToHashSet());
            Assert.Single(await Catalog.ReadPackAsync(pack.Key, 1, Cancellation));
        }
    }

    [Fact]
    public async Task A_body_is_moved_only_from_where_it_lies()
    {
        var actor = await MailboxAsync();
        await CommitAsync(actor.Deliver(FolderId.Inbox, Body));
        var place = (await Store.Bodies.FindAsync(Blob, Cancellation))!.Value;
        var to = place with { Pack = 1000, Offset = 64, StoredLength = 3 };
        Assert.Equal(0, await Catalog.MoveAsync([new BodyMove(Blob, place with { Offset = place.Offset + 8 }, to)], Cancellation));
        Assert.Equal(0, await Catalog.MoveAsync([new BodyMove(BlobId.Of([1]), place, to)], Cancellation));
        Assert.Equal(place, await Store.Bodies.FindAsync(Blob, Cancellation));

        Assert.Equal(1, await Catalog.MoveAsync([new BodyMove(Blob, place, to)], Cancellation));
        Assert.Equal(to, await Store.Bodies.FindAsync(Blob, Cancellation));
        Assert.Equal(to, Assert.Single(await Store.Emails.ReadEmailsAsync(actor.Account, new EmailId[] { new(1) }, Cancellation))!.Body);
        Assert.Empty(await Catalog.ReadPackAsync(place.Pack, 10, Cancellation));
    }

    [Fact]
    public async Task Nothing_comes_into_a_pack_that_was_retired()
    {
        var actor = await MailboxAsync();
        var other = await MailboxAsync();
        await CommitAsync(actor.Deliver(FolderId.Inbox, Body));
        var pack = MailboxActor.LocatorOf(Blob, Body.Length).Pack;
        Assert.False(await Catalog.TryRetireAsync(pack, Cancellation));
        await CommitAsync(actor.Expunge(FolderId.Inbox, [1]));
        Assert.False(await Catalog.TryRetireAsync(pack, Cancellation));
        await Catalog.ForgetAsync([Blob], Later, Cancellation);
        Assert.True(await Catalog.TryRetireAsync(pack, Cancellation));

        // Impossible in itself, and no hindrance to others.
        var late = other.Deliver(FolderId.Inbox, Body);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Store.Mailboxes.CommitAsync([late], Cancellation));
        Assert.IsNotType<StoreUnavailableException>(failure);
        Assert.Null(await Store.Bodies.FindAsync(Blob, Cancellation));
        await CommitAsync(actor.Subscribe("elsewhere", true));
    }

    [Fact]
    public async Task A_body_that_was_moved_may_still_be_committed_with_its_old_place()
    {
        var (actor, other) = (await MailboxAsync(), await MailboxAsync());
        await CommitAsync(actor.Deliver(FolderId.Inbox, Body));
        var place = (await Store.Bodies.FindAsync(Blob, Cancellation))!.Value;
        var to = place with { Pack = 1000 };
        await Catalog.MoveAsync([new BodyMove(Blob, place, to)], Cancellation);
        Assert.True(await Catalog.TryRetireAsync(place.Pack, Cancellation));
        await CommitAsync(other.Deliver(FolderId.Inbox, Body));
        Assert.Equal(to, await Store.Bodies.FindAsync(Blob, Cancellation));
    }

    private async Task<IEnumerable<BlobId>> UnusedAsync(DateTimeOffset before) =>
        (await Catalog.FindUnusedAsync(before, long.MinValue, 100, Cancellation)).Select(u => u.Blob);
}
