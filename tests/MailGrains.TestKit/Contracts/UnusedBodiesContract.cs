using MailGrains.Model;
using MailGrains.Storage;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What an engine on a database server owes the collection of the bodies in it, also when others write at that moment.</summary>
public abstract class UnusedBodiesContract : StoreContract
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly byte[] Body = "Subject: one\r\n\r\n"u8.ToArray();

    private static readonly BlobId Blob = BlobId.Of(Body);

    protected abstract IBodyStore Octets { get; }

    protected abstract IUnusedBodies Unused { get; }

    /// <summary>The bodies as another process sends them: it doesn't know what this one has sent.</summary>
    protected abstract Task<IBodyStore> OctetsElsewhereAsync();

    /// <summary>Lets what was touched so far look two hours older.</summary>
    protected abstract Task AgeAsync();

    [Fact]
    public async Task A_body_is_unused_when_nothing_has_referred_to_it_for_long_enough()
    {
        var (first, second) = (await DeliverAsync(Body), await DeliverAsync(Body));
        await CommitAsync(first.Expunge(FolderId.Inbox, [1]));
        await AgeAsync();
        Assert.Empty(await FindAsync());
        Assert.Equal(0, (await DeleteAsync()).Count);

        await CommitAsync(second.Expunge(FolderId.Inbox, [1]));
        Assert.Empty(await FindAsync());
        Assert.Equal(0, (await DeleteAsync()).Count);
        await AgeAsync();
        Assert.Equal([Blob], await FindAsync());
        var place = await Store.Bodies.FindAsync(Blob, Cancellation);

        Assert.Equal(new DeletedBodies(1, place!.Value.StoredLength), await DeleteAsync());
        Assert.Null(await Store.Bodies.FindAsync(Blob, Cancellation));
        await Assert.ThrowsAsync<BodyCorruptException>(() => Octets.ReadAsync(Blob, place.Value, Cancellation).AsTask());
        Assert.Empty(await FindAsync());
        Assert.Equal(default, await DeleteAsync());
    }

    [Fact]
    public async Task A_body_no_commit_ever_referred_to_is_unused_too()
    {
        await StoreAsync(Octets, Body);
        Assert.Empty(await FindAsync());
        await AgeAsync();
        Assert.Equal([Blob], await FindAsync());
        Assert.Equal(1, (await DeleteAsync()).Count);
    }

    [Fact]
    public async Task All_bodies_are_looked_through_in_parts()
    {
        var bodies = Enumerable.Range(0, 25).Select(i => new byte[i + 1]).ToArray();
        foreach (var body in bodies) await StoreAsync(Octets, body);
        var used = await MailboxAsync();
        await CommitAsync(used.Deliver(FolderId.Inbox, bodies[3]).InDatabase(), used.Deliver(FolderId.Inbox, bodies[24]).InDatabase());
        await AgeAsync();
        var found = new List<BlobId>();
        var after = long.MinValue;
        while (await Unused.LookAsync(after, 7, Hour, Cancellation) is { Last: { } last } part)
        {
            Assert.InRange(part.Bodies.Count, 0, 7);
            Assert.All(part.Bodies, b => Assert.InRange(b.Position, after + 1, last));
            found.AddRange(part.Bodies.Select(b => b.Blob));
            after = last;
        }

        Assert.Equal(23, found.Count);
        Assert.Equal(bodies.Where((_, i) => i is not (3 or 24)).Select(b => BlobId.Of(b)).ToHashSet(), found.ToHashSet());
    }

    [Fact]
    public async Task A_body_that_came_into_use_after_the_look_stays()
    {
        var actor = await UnusedAsync();
        var other = await MailboxAsync();
        await CommitAsync(other.Deliver(FolderId.Inbox, Body).InDatabase());
        Assert.Equal(0, (await DeleteAsync()).Count);
        await AssertReadsAsync();

        await CommitAsync(other.Expunge(FolderId.Inbox, [1]));
        Assert.Equal(0, (await DeleteAsync()).Count);
        await CommitAsync(actor.Deliver(FolderId.Inbox, Body).InDatabase());
        await AssertReadsAsync();
    }

    [Theory]
    [InlineData(16)]
    [InlineData(100_000)]
    public async Task A_body_that_was_sent_again_after_the_look_stays_until_its_commit(int length)
    {
        var body = SampleBodies.Noise(length);
        await StoreAsync(Octets, body);
        await AgeAsync();
        var elsewhere = await OctetsElsewhereAsync();
        await StoreAsync(elsewhere, body);

        Assert.Equal(0, (await Unused.DeleteAsync([BlobId.Of(body)], Hour, Cancellation)).Count);
        await CommitAsync((await MailboxAsync()).Deliver(FolderId.Inbox, body).InDatabase());
        await AssertReadsAsync(body);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(100_000)]
    public async Task A_body_that_is_sent_after_the_deletion_is_stored_anew(int length)
    {
        var body = SampleBodies.Noise(length);
        await StoreAsync(Octets, body);
        await AgeAsync();
        Assert.Equal(1, (await Unused.DeleteAsync([BlobId.Of(body)], Hour, Cancellation)).Count);

        await StoreAsync(await OctetsElsewhereAsync(), body);
        await CommitAsync((await MailboxAsync()).Deliver(FolderId.Inbox, body).InDatabase());
        await AssertReadsAsync(body);
    }

    [Fact]
    public async Task A_commit_that_counts_on_a_deleted_body_fails_alone()
    {
        await UnusedAsync();
        Assert.Equal(1, (await DeleteAsync()).Count);
        var late = await MailboxAsync();
        MailboxCommit[] group = [late.Deliver(FolderId.Inbox, Body).InDatabase()];
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Store.Mailboxes.CommitAsync(group, Cancellation));
        Assert.IsNotType<StoreUnavailableException>(failure);
        await CommitAsync((await MailboxAsync()).Deliver(FolderId.Inbox));
    }

    [Fact]
    public async Task A_body_in_a_pack_is_taken_out_of_the_index_until_it_is_delivered_again()
    {
        var actor = await MailboxAsync();
        await CommitAsync(actor.Deliver(FolderId.Inbox, Body));
        await CommitAsync(actor.Expunge(FolderId.Inbox, [1]));
        await AgeAsync();
        Assert.Equal([Blob], await FindAsync());
        Assert.Equal(1, (await DeleteAsync()).Count);
        Assert.Null(await Store.Bodies.FindAsync(Blob, Cancellation));

        await CommitAsync(actor.Deliver(FolderId.Inbox, Body));
        Assert.Equal(MailboxActor.LocatorOf(Blob, Body.Length), await Store.Bodies.FindAsync(Blob, Cancellation));
        await AgeAsync();
        Assert.Equal(0, (await DeleteAsync()).Count);
    }

    [Fact]
    public async Task Those_who_delete_at_the_same_time_delete_each_body_once()
    {
        var bodies = Enumerable.Range(0, 200).Select(i => new byte[i + 1]).ToArray();
        foreach (var body in bodies) await Octets.AppendAsync(BlobId.Of(body), body, Cancellation);
        await Octets.FlushAsync(Cancellation);
        await AgeAsync();
        var (ascending, descending) = (bodies.Select(b => BlobId.Of(b)).ToArray(), bodies.Reverse().Select(b => BlobId.Of(b)).ToArray());
        var deleted = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Unused.DeleteAsync(i % 2 == 0 ? ascending : descending, Hour, Cancellation)));
        Assert.Equal(200, deleted.Sum(d => d.Count) + (await Unused.DeleteAsync(ascending, Hour, Cancellation)).Count);
    }

    /// <summary>A mailbox that had the body, which nobody refers to any more and which is old.</summary>
    protected async Task<MailboxActor> UnusedAsync()
    {
        var actor = await DeliverAsync(Body);
        await CommitAsync(actor.Expunge(FolderId.Inbox, [1]));
        await AgeAsync();
        Assert.Equal([Blob], await FindAsync());
        return actor;
    }

    protected static async Task StoreAsync(IBodyStore octets, byte[] body)
    {
        await octets.AppendAsync(BlobId.Of(body), body, Cancellation);
        await octets.FlushAsync(Cancellation);
    }

    protected async Task AssertReadsAsync(byte[]? body = null)
    {
        body ??= Body;
        using var read = await Octets.ReadAsync(BlobId.Of(body), (await Store.Bodies.FindAsync(BlobId.Of(body), Cancellation))!.Value, Cancellation);
        Assert.Equal(body, read.Memory.ToArray());
    }

    protected Task<DeletedBodies> DeleteAsync() => Unused.DeleteAsync([Blob], Hour, Cancellation);

    private async Task<MailboxActor> DeliverAsync(byte[] body)
    {
        await StoreAsync(Octets, body);
        var actor = await MailboxAsync();
        await CommitAsync(actor.Deliver(FolderId.Inbox, body).InDatabase());
        return actor;
    }

    private async Task<IEnumerable<BlobId>> FindAsync() => (await Unused.LookAsync(long.MinValue, 100, Hour, Cancellation)).Bodies.Select(b => b.Blob);
}
