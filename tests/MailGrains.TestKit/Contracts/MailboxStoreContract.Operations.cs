using MailGrains.Model;
using MailGrains.Storage.Commit;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What stores know of operations.</summary>
public abstract partial class MailboxStoreContract
{
    [Fact]
    public async Task Operations_asked_for_at_the_same_time_are_told_apart()
    {
        var actors = new[] { await MailboxAsync(), await MailboxAsync(), await MailboxAsync() };
        var ids = Enumerable.Range(0, 100).Select(n => new OperationId(BlobId.Of(BitConverter.GetBytes(n)))).ToArray();
        foreach (var actor in actors) await CommitAsync(actor.Deliver(FolderId.Inbox));
        foreach (var id in ids.Take(4)) await CommitAsync(actors[0].Deliver(FolderId.Inbox, operation: id));
        await CommitAsync(actors[1].Deliver(FolderId.Inbox, operation: ids[1]));

        var found = await Task.WhenAll(actors.SelectMany(a => ids.Select(id => Store.Mailboxes.FindOperationAsync(a.Account, id, Cancellation))));
        var uids = found.Select(f => f is { } bytes ? BitConverter.ToUInt32(bytes.Span) : 0).ToArray();
        Assert.Equal([2, 3, 4, 5], uids.Take(4));
        Assert.Equal(2u, uids[ids.Length + 1]);
        Assert.Equal(5, uids.Count(u => u > 0));
    }

    [Fact]
    public async Task Operations_are_listed_by_the_beginnings_of_their_ids()
    {
        var actor = await MailboxAsync();
        var ids = Enumerable.Range(0, 5).Select(n => BlobId.Of(BitConverter.GetBytes(n))).ToArray();
        foreach (var id in ids) await CommitAsync(actor.Deliver(FolderId.Inbox, operation: new OperationId(id)));
        await CommitAsync((await MailboxAsync()).Deliver(FolderId.Inbox, operation: new OperationId(BlobId.Of("another's"u8))));

        var listed = await Store.Mailboxes.ListOperationsAsync(actor.Account, most: 5, Cancellation);
        Assert.Equal(ids.Select(id => id.A).Order(), listed!.Order());
        Assert.Null(await Store.Mailboxes.ListOperationsAsync(actor.Account, most: 4, Cancellation));
        Assert.Empty((await Store.Mailboxes.ListOperationsAsync(NewAccount(), most: 0, Cancellation))!);
    }

    [Fact]
    public async Task Operations_give_their_first_result_until_forgotten()
    {
        var actor = await MailboxAsync();
        var id = new OperationId(BlobId.Of("op"u8));
        await CommitAsync(actor.Deliver(FolderId.Inbox, operation: id));
        await CommitAsync(actor.Deliver(FolderId.Inbox, operation: id));

        var found = await Store.Mailboxes.FindOperationAsync(actor.Account, id, Cancellation);
        Assert.Equal(BitConverter.GetBytes(1u), found?.ToArray());
        Assert.Null(await Store.Mailboxes.FindOperationAsync(actor.Account, new OperationId(BlobId.Of("x"u8)), Cancellation));
        Assert.Null(await Store.Mailboxes.FindOperationAsync(NewAccount(), id, Cancellation));

        Assert.Equal(0, await Store.Mailboxes.ForgetOperationsAsync(MailboxActor.Now, Cancellation));
        Assert.Equal(1, await Store.Mailboxes.ForgetOperationsAsync(MailboxActor.Now.AddSeconds(1), Cancellation));
        Assert.Null(await Store.Mailboxes.FindOperationAsync(actor.Account, id, Cancellation));
    }
}
