using MailGrains.Model;
using MailGrains.Storage;
using MailGrains.Storage.Bodies;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What an engine owes the compaction of packs.</summary>
public abstract class PackCatalogContract : StoreContract
{
    protected static readonly byte[] Body = "Subject: one\r\n\r\n"u8.ToArray();

    protected static readonly BlobId Blob = BlobId.Of(Body);

    protected abstract IPackCatalog Packs { get; }

    /// <summary>Takes a body out of the index, if nothing refers to it.</summary>
    protected abstract Task ForgetAsync(BlobId blob);

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
            (await Packs.ReadUseAsync([.. expected.Select(pack => pack.Key), 2000], Cancellation)).OrderBy(u => u.Pack));
        Assert.Equal([expected.First().Key], (await Packs.ReadUseAsync([expected.First().Key], Cancellation)).Select(u => u.Pack));
        foreach (var pack in expected)
        {
            Assert.Equal(pack.ToHashSet(), (await Packs.ReadPackAsync(pack.Key, 100, Cancellation)).ToHashSet());
            Assert.Single(await Packs.ReadPackAsync(pack.Key, 1, Cancellation));
        }
    }

    [Fact]
    public async Task The_highest_numbers_are_known_as_long_as_somebody_could_tell_them()
    {
        Assert.Equal(default, await Packs.ReadNumbersAsync(Cancellation));
        var actor = await MailboxAsync();
        await CommitAsync(actor.Deliver(FolderId.Inbox, Body).In(3), actor.Deliver(FolderId.Inbox, [1]).In(700), actor.Deliver(FolderId.Inbox, [2]).In(20));
        Assert.Equal(new PackNumbers(700, 700), await Packs.ReadNumbersAsync(Cancellation));
        await CommitAsync(actor.Expunge(FolderId.Inbox, [2]));
        await ForgetAsync(BlobId.Of([1]));
        Assert.Equal(20, (await Packs.ReadNumbersAsync(Cancellation)).Used);
    }

    [Fact]
    public async Task A_body_is_moved_only_from_where_it_lies()
    {
        var actor = await MailboxAsync();
        await CommitAsync(actor.Deliver(FolderId.Inbox, Body));
        var place = (await Store.Bodies.FindAsync(Blob, Cancellation))!.Value;
        var to = place with { Pack = 1000, Offset = 64, StoredLength = 3 };
        Assert.Equal(0, await Packs.MoveAsync([new BodyMove(Blob, place with { Offset = place.Offset + 8 }, to)], Cancellation));
        Assert.Equal(0, await Packs.MoveAsync([new BodyMove(BlobId.Of([1]), place, to)], Cancellation));
        Assert.Equal(place, await Store.Bodies.FindAsync(Blob, Cancellation));

        Assert.Equal(1, await Packs.MoveAsync([new BodyMove(Blob, place, to)], Cancellation));
        Assert.Equal(to, await Store.Bodies.FindAsync(Blob, Cancellation));
        Assert.Equal(to, Assert.Single(await Store.Emails.ReadEmailsAsync(actor.Account, new EmailId[] { new(1) }, Cancellation))!.Body);
        Assert.Empty(await Packs.ReadPackAsync(place.Pack, 10, Cancellation));
    }

    [Fact]
    public async Task Nothing_comes_into_a_pack_that_was_retired()
    {
        var actor = await MailboxAsync();
        var other = await MailboxAsync();
        await CommitAsync(actor.Deliver(FolderId.Inbox, Body));
        var pack = MailboxActor.LocatorOf(Blob, Body.Length).Pack;
        Assert.False(await Packs.TryRetireAsync(pack, Cancellation));
        await CommitAsync(actor.Expunge(FolderId.Inbox, [1]));
        Assert.False(await Packs.TryRetireAsync(pack, Cancellation));
        await ForgetAsync(Blob);
        Assert.True(await Packs.TryRetireAsync(pack, Cancellation));

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
        await Packs.MoveAsync([new BodyMove(Blob, place, to)], Cancellation);
        Assert.True(await Packs.TryRetireAsync(place.Pack, Cancellation));
        await CommitAsync(other.Deliver(FolderId.Inbox, Body));
        Assert.Equal(to, await Store.Bodies.FindAsync(Blob, Cancellation));
    }

    [Fact]
    public async Task Of_messages_with_one_body_all_are_counted_whichever_places_they_tell()
    {
        var (actor, other) = (await MailboxAsync(), await MailboxAsync());
        var (one, two) = (actor.Deliver(FolderId.Inbox, Body), other.Deliver(FolderId.Inbox, Body));
        await CommitAsync(one, two);
        await CommitAsync(actor.Expunge(FolderId.Inbox, [1]));
        await ForgetAsync(Blob);
        Assert.NotNull(await Store.Bodies.FindAsync(Blob, Cancellation));
        await CommitAsync(other.Expunge(FolderId.Inbox, [1]));
        await ForgetAsync(Blob);
        Assert.Null(await Store.Bodies.FindAsync(Blob, Cancellation));
    }
}
