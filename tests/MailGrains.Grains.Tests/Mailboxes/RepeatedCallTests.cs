using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using Orleans.Core.Internal;
using static MailGrains.Grains.Tests.Mailboxes.TestMailbox;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>
/// Calls whose change was committed and whose answer was lost: the caller repeats them, to the same activation or, when that is gone too, to
/// the next.
/// </summary>
public sealed class RepeatedCallTests(MailboxCluster cluster)
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Copies_are_made_once_and_told_as_the_first_time(bool move, bool activationLost)
    {
        var (mailbox, session) = await FilledAsync();
        var before = (await mailbox.EventsAsync()).Count;
        var request = new CopyRequest(new NumberSet([new NumberRange(1, 1), new NumberRange(3, 3)]), ByUid: true, "Archive", move, NewOperation());
        var first = await mailbox.Grain.CopyAsync(session, request);
        if (activationLost) await LoseActivationAsync(mailbox, session);

        var again = await mailbox.Grain.CopyAsync(session, request);
        Assert.Equal("1,3 -> 1:2", $"{first.Source} -> {first.Destination}");
        Assert.Equal("1,3 -> 1:2", $"{again.Source} -> {again.Destination}");
        Assert.Equal((first.UidValidity, first.HighestModSeq), (again.UidValidity, again.HighestModSeq));
        Assert.Single(await ChangesAsync(mailbox, before), move ? "MessageMove" : "MessageCopy");
        Assert.Equal(move ? 3 : 5, (await mailbox.Grain.TotalsAsync()).Messages);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_delivery_is_told_from_a_new_one_however_many_came_after_it(bool activationLost)
    {
        var mailbox = cluster.NewMailbox();
        var delivery = Delivery();
        var first = await mailbox.Grain.DeliverAsync(delivery);
        if (activationLost) await mailbox.Grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        for (var n = 0; n < 40; n++) Assert.False((await mailbox.Grain.DeliverAsync(Delivery())).Duplicate);

        var again = await mailbox.Grain.DeliverAsync(delivery);
        Assert.Equal((first.Uid, true), (again.Uid, again.Duplicate));
        Assert.Equal(41, (await mailbox.Grain.TotalsAsync()).Messages);
    }

    [Fact]
    public async Task A_copy_repeated_while_it_is_on_its_way_to_the_disk_is_one()
    {
        var (mailbox, session) = await FilledAsync();
        var before = (await mailbox.EventsAsync()).Count;
        cluster.Committer.Hold(mailbox.Account);
        var request = new CopyRequest(NumberSet.All, ByUid: false, "Archive", Move: false, NewOperation());
        var first = mailbox.Grain.CopyAsync(session, request);
        var again = mailbox.Grain.CopyAsync(session, request);
        await mailbox.Grain.TotalsAsync();
        Assert.False(first.IsCompleted || again.IsCompleted);
        cluster.Committer.Release(mailbox.Account);
        Assert.Equal((await first).Destination.ToString(), (await again).Destination.ToString());
        Assert.Equal(["MessageCopy"], await mailbox.TypesAsync(before));
    }

    [Fact]
    public async Task A_copy_that_could_not_be_made_durable_is_made_by_its_repetition()
    {
        var (mailbox, session) = await FilledAsync();
        var request = new CopyRequest(Set(2), ByUid: true, "Archive", Move: true, NewOperation());
        cluster.Committer.Break(mailbox.Account);
        Assert.Equal(MailboxError.Unavailable, await ErrorOf(() => mailbox.Grain.CopyAsync(session, request)));
        cluster.Committer.Repair(mailbox.Account);
        Assert.Equal("1", (await mailbox.Grain.CopyAsync(session, request)).Destination.ToString());
        Assert.Equal(3, (await mailbox.Grain.TotalsAsync()).Messages);
        await mailbox.AssertChainAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_conditional_STORE_does_not_refuse_what_it_has_changed_itself(bool activationLost)
    {
        var (mailbox, session) = await FilledAsync();
        var since = (await mailbox.RowsAsync(session)).HighestModSeq;
        await mailbox.StoreAsync(session, Set(2), StoreMode.Add, "$theirs");
        var before = (await mailbox.EventsAsync()).Count;
        var request = new StoreRequest(NumberSet.All, ByUid: true, StoreMode.Add, [@"\Flagged"], UpdateScope.All, since, NewOperation());
        var first = await mailbox.Grain.StoreAsync(session, request);
        if (activationLost) await LoseActivationAsync(mailbox, session);

        var again = await mailbox.Grain.StoreAsync(session, request);
        Assert.Equal(("2", "2"), (first.Modified.ToString(), again.Modified.ToString()));
        Assert.Equal((false, false), (first.SomeExpunged, again.SomeExpunged));
        Assert.Equal(ModSeqs(first), ModSeqs(again));
        Assert.Equal(["FlagsSet"], await ChangesAsync(mailbox, before));
    }

    [Fact]
    public async Task STORE_and_EXPUNGE_find_nothing_left_to_do()
    {
        var (mailbox, session) = await FilledAsync();
        var before = (await mailbox.EventsAsync()).Count;
        var first = await mailbox.StoreAsync(session, Set(1), StoreMode.Replace, @"\Deleted");
        await LoseActivationAsync(mailbox, session);
        Assert.Equal(ModSeqs(first), ModSeqs(await mailbox.StoreAsync(session, Set(1), StoreMode.Replace, @"\Deleted")));

        var expunged = await mailbox.Grain.ExpungeAsync(session, new ExpungeRequest());
        await LoseActivationAsync(mailbox, session);
        Assert.Equal(expunged.HighestModSeq, (await mailbox.Grain.ExpungeAsync(session, new ExpungeRequest())).HighestModSeq);
        Assert.Equal(["MessageTrash", "MessageExpunge"], await ChangesAsync(mailbox, before));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Folders_are_made_renamed_and_deleted_once(bool activationLost)
    {
        var (mailbox, session) = await FilledAsync();
        var before = (await mailbox.EventsAsync()).Count;
        var (make, rename, delete) = (NewOperation(), NewOperation(), NewOperation());
        var made = await mailbox.Grain.CreateFolderAsync(session, "new", null, make);
        await AgainAsync();
        Assert.Equal(made, await mailbox.Grain.CreateFolderAsync(session, "new", null, make));

        await mailbox.Grain.RenameFolderAsync(session, "new", "old", rename);
        await AgainAsync();
        await mailbox.Grain.RenameFolderAsync(session, "new", "old", rename);

        await mailbox.Grain.DeleteFolderAsync(session, "old", delete);
        await AgainAsync();
        await mailbox.Grain.DeleteFolderAsync(session, "old", delete);
        Assert.Equal(["MailboxCreate", "MailboxRename", "MailboxDelete"], await ChangesAsync(mailbox, before));
        Assert.Equal(MailboxError.NonExistent, await ErrorOf(() => mailbox.Grain.DeleteFolderAsync(session, "old", NewOperation())));

        Task AgainAsync() => activationLost ? LoseActivationAsync(mailbox, session) : Task.CompletedTask;
    }

    [Fact]
    public async Task What_a_session_asked_before_it_was_opened_anew_is_not_done_any_more()
    {
        var (mailbox, late) = await FilledAsync();
        var session = late.Anew();
        await mailbox.Grain.OpenSessionAsync(session, Imap, null);
        await mailbox.Grain.SelectAsync(session, new SelectRequest("Archive"));
        var before = (await mailbox.EventsAsync()).Count;

        Assert.Equal(MailboxError.UnknownSession, await ErrorOf(() => mailbox.Grain.OpenSessionAsync(late, Imap, null)));
        Assert.Equal(MailboxError.UnknownSession, await ErrorOf(() => mailbox.Grain.SelectAsync(late, new SelectRequest("INBOX"))));
        Assert.Equal(MailboxError.UnknownSession, await ErrorOf(() => mailbox.Grain.SyncAsync(late, UpdateScope.All)));
        await mailbox.Grain.CloseSessionAsync(late);

        Assert.Equal(0, (await mailbox.Grain.RowsAsync(session, new RowsRequest(NumberSet.All, ByUid: false, UpdateScope.All))).Rows.Count);
        Assert.Empty(await ChangesAsync(mailbox, before));
    }

    [Fact]
    public async Task A_session_that_was_closed_is_not_opened_by_a_call_that_comes_late()
    {
        var (mailbox, session) = await FilledAsync();
        await mailbox.Grain.CloseSessionAsync(session);
        var before = (await mailbox.EventsAsync()).Count;
        Assert.Equal(MailboxError.UnknownSession, await ErrorOf(() => mailbox.Grain.OpenSessionAsync(session, Imap, null)));
        Assert.Equal(before, (await mailbox.EventsAsync()).Count);
    }

    private async Task<(TestMailbox Mailbox, SessionId Session)> FilledAsync()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        await mailbox.AppendAsync(session, count: 3);
        return (mailbox, session);
    }

    private static async Task LoseActivationAsync(TestMailbox mailbox, SessionId session)
    {
        await mailbox.Grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        await mailbox.Grain.OpenSessionAsync(session, Imap, null);
        await mailbox.Grain.SelectAsync(session, new SelectRequest("INBOX"));
    }

    /// <summary>Types of the events since a number of them, without logins.</summary>
    private static async Task<string[]> ChangesAsync(TestMailbox mailbox, int after) =>
        [.. (await mailbox.TypesAsync(after)).Where(t => t is not ("Login" or "Logout"))];

    private static long[] ModSeqs(StoreResult stored)
    {
        var all = new List<long>();
        foreach (var row in stored.Rows) all.Add(row.ModSeq);
        return [.. all];
    }
}
