using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Storage.Commit;
using static MailGrains.Grains.Tests.Mailboxes.TestMailbox;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>A mailbox that knows its operations, and then is owned by somebody else for a while without hearing of it.</summary>
public sealed class StaleOwnerTests(MailboxCluster cluster)
{
    private const int Delivered = 8;

    private static readonly StoredResult Theirs = new("INBOX", 7, 42, 1, new EmailId(42), 0);

    [Fact]
    public async Task A_delivery_that_was_new_under_an_earlier_claim_is_looked_for_under_the_next()
    {
        var mailbox = await WithKnownOperationsAsync();
        var delivery = Delivery();
        var reached = cluster.SteeredBodies.Hold(delivery.Content.Blob);
        await CommitElsewhereAsync(mailbox, delivery.Operation);
        var delivering = mailbox.Grain.DeliverAsync(delivery);
        await reached;

        // Another change is lost without a word of the new owner, and the mailbox is claimed again before the delivery goes on.
        cluster.Committer.Break(mailbox.Account);
        Assert.Equal(MailboxError.Unavailable, await ErrorOf(() => mailbox.Grain.CreateFolderAsync(SessionId.None, "Lost", null)));
        cluster.Committer.Repair(mailbox.Account);
        cluster.SteeredBodies.Release(delivery.Content.Blob);

        var result = await delivering;
        Assert.Equal((Theirs.FirstUid, true), (result.Uid, result.Duplicate));
        Assert.Equal(Delivered, (await mailbox.Grain.TotalsAsync()).Messages);
        await mailbox.AssertChainAsync();
    }

    [Fact]
    public async Task A_delivery_that_was_made_elsewhere_is_not_refused()
    {
        var mailbox = await WithKnownOperationsAsync();
        var delivery = Delivery(text: new string('x', 2 << 20));
        Assert.Equal(MailboxError.TooBig, await ErrorOf(() => mailbox.Grain.DeliverAsync(delivery)));
        await CommitElsewhereAsync(mailbox, delivery.Operation);
        Assert.True((await mailbox.Grain.DeliverAsync(delivery)).Duplicate);
    }

    private async Task<TestMailbox> WithKnownOperationsAsync()
    {
        var mailbox = cluster.NewMailbox();
        for (var n = 0; n < Delivered; n++) await mailbox.Grain.DeliverAsync(Delivery());
        return mailbox;
    }

    /// <summary>As a new owner does, of whom the mailbox's activation here hears nothing.</summary>
    private async Task CommitElsewhereAsync(TestMailbox mailbox, BlobId operation)
    {
        var claim = await cluster.Store.ClaimAsync(mailbox.Account, CancellationToken.None);
        var commit = new MailboxCommit
        {
            Account = mailbox.Account,
            Epoch = claim.Epoch,
            Head = claim.Head,
            Operations = [new OperationWrite(new OperationId(operation), TimeProvider.System.GetUtcNow(), Theirs.Encode())],
        };
        Assert.Equal([CommitOutcome.Committed], await cluster.Store.CommitAsync([commit], CancellationToken.None));
    }
}
