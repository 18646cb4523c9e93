using System.Text.Json;
using MailGrains.Grains.Contracts.Folders;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using static MailGrains.Grains.Tests.Mailboxes.TestMailbox;

namespace MailGrains.Grains.Tests.Mailboxes;

public sealed class MailboxMessagesTests(MailboxCluster cluster)
{
    [Fact]
    public async Task A_new_mailbox_has_INBOX_and_its_special_folders_subscribed()
    {
        var mailbox = cluster.NewMailbox();
        var tree = await mailbox.Grain.ListAsync();
        Assert.Equal(["Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash"], tree.Folders.Select(f => f.Path));
        Assert.Equal(FolderId.Inbox, tree.Folders.Single(f => f.Path == "INBOX").Id);
        Assert.Equal("Sent", tree.Folders.Single(f => f.Path == "Sent").SpecialUse);
        Assert.Equal(6, tree.Subscriptions.Count);
        Assert.Equal(6, (await mailbox.TypesAsync()).Count(t => t == "MailboxCreate"));
        await mailbox.AssertChainAsync();
    }

    [Fact]
    public async Task An_appended_message_is_seen_by_its_session_and_by_others()
    {
        var mailbox = cluster.NewMailbox();
        var own = await mailbox.SelectAsync();
        var other = await mailbox.SelectAsync();
        var appended = await mailbox.AppendAsync(own, count: 2, flags: [@"\Seen", "$work"]);
        Assert.Equal("1:2", appended.Uids.ToString());
        Assert.Equal(2u, appended.Updates.Exists);
        Assert.Equal("1:2", appended.Updates.Recent.ToString());

        var told = await mailbox.Grain.SyncAsync(other, UpdateScope.WithoutExpunges);
        Assert.Equal(2u, told.Exists);
        Assert.True(told.Recent.IsEmpty);
        Assert.Equal(["$work"], told.Keywords!.Keywords);
        var rows = await mailbox.RowsAsync(other);
        Assert.Equal([1u, 2u], Uids(rows));
        foreach (var row in rows.Rows) Assert.Equal([@"\Seen", "$work"], rows.Keywords.Names(row.Flags));
    }

    [Fact]
    public async Task Storing_tells_others_once_and_the_storer_only_by_its_rows()
    {
        var mailbox = cluster.NewMailbox();
        var own = await mailbox.SelectAsync();
        await mailbox.AppendAsync(own, count: 3);
        var other = await mailbox.SelectAsync();
        var before = (await mailbox.EventsAsync()).Count;

        var stored = await mailbox.StoreAsync(own, Set(1, 2), StoreMode.Add, @"\Seen");
        Assert.Equal(2, stored.Rows.Count);
        Assert.Equal(0, stored.Updates.Changed.Count);
        Assert.Equal(["MessageRead"], await mailbox.TypesAsync(before));
        Assert.Equal(0, (await mailbox.Grain.SyncAsync(own, UpdateScope.All)).Changed.Count);
        Assert.Equal(2, (await mailbox.Grain.SyncAsync(other, UpdateScope.All)).Changed.Count);
        Assert.Equal(0, (await mailbox.Grain.SyncAsync(other, UpdateScope.All)).Changed.Count);

        var again = await mailbox.StoreAsync(own, Set(1, 2), StoreMode.Add, @"\Seen");
        Assert.Equal(2, again.Rows.Count);
        Assert.Equal(["MessageRead"], await mailbox.TypesAsync(before));
    }

    [Fact]
    public async Task UNCHANGEDSINCE_leaves_newer_messages_alone_and_names_them()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        await mailbox.AppendAsync(session, count: 3);
        var modSeq = (await mailbox.RowsAsync(session)).HighestModSeq;
        await mailbox.StoreAsync(session, Set(2), StoreMode.Add, @"\Flagged");
        var stored = await mailbox.Grain.StoreAsync(
            session, new StoreRequest(NumberSet.All, ByUid: false, StoreMode.Add, [@"\Seen"], UpdateScope.WithoutExpunges, modSeq));
        Assert.Equal("2", stored.Modified.ToString());
        Assert.Equal(2, stored.Rows.Count);
    }

    [Fact]
    public async Task Expunges_are_withheld_while_sequence_numbers_must_hold_and_told_after()
    {
        var mailbox = cluster.NewMailbox();
        var own = await mailbox.SelectAsync();
        await mailbox.AppendAsync(own, count: 4);
        var other = await mailbox.SelectAsync();
        await mailbox.StoreAsync(own, Set(2, 3), StoreMode.Add, @"\Deleted");
        var expunged = await mailbox.Grain.ExpungeAsync(own, new ExpungeRequest());
        Assert.Equal([3u, 2u], expunged.Updates.Expunged);
        Assert.Equal("2:3", expunged.Updates.Vanished.ToString());

        var withheld = await mailbox.RowsAsync(other, UpdateScope.WithoutExpunges);
        Assert.Equal([1u, 2u, 3u, 4u], Uids(withheld));
        Assert.Empty(withheld.Updates.Expunged);
        var byNumber = await mailbox.Grain.RowsAsync(other, new RowsRequest(Set(4), ByUid: false, UpdateScope.WithoutExpunges));
        Assert.Equal([4u], Uids(byNumber));
        Assert.Equal(MailboxError.ExpungeIssued, await ErrorOf(() => mailbox.Grain.CopyAsync(other, new CopyRequest(Set(2), false, "Trash", false))));
        var told = await mailbox.Grain.SyncAsync(other, UpdateScope.All);
        Assert.Equal([3u, 2u], told.Expunged);
        var left = Uids(await mailbox.RowsAsync(other));
        Assert.Equal([1u, 4u], left);
    }

    [Fact]
    public async Task Storing_in_messages_another_session_expunged_says_so_and_does_the_others()
    {
        var mailbox = cluster.NewMailbox();
        var own = await mailbox.SelectAsync();
        await mailbox.AppendAsync(own, count: 4);
        var other = await mailbox.SelectAsync();
        await mailbox.StoreAsync(own, Set(2, 3), StoreMode.Add, @"\Deleted");
        await mailbox.Grain.ExpungeAsync(own, new ExpungeRequest());
        var stored = await mailbox.Grain.StoreAsync(
            other, new StoreRequest(Set(1, 4), ByUid: false, StoreMode.Add, [@"\Seen"], UpdateScope.WithoutExpunges));
        Assert.True(stored.SomeExpunged);
        var sequences = new List<uint>();
        foreach (var row in stored.Rows) sequences.Add(row.Sequence);
        Assert.Equal([1u, 4u], sequences);
        Assert.Empty(stored.Updates.Expunged);
    }

    [Fact]
    public async Task Move_is_one_event_and_keeps_the_content()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        await mailbox.AppendAsync(session, count: 3, flags: @"\Seen");
        var before = (await mailbox.EventsAsync()).Count;
        var moved = await mailbox.Grain.CopyAsync(session, new CopyRequest(Set(2, 3), ByUid: true, "Archive", Move: true));
        Assert.Equal(("2:3", "1:2"), (moved.Source.ToString(), moved.Destination.ToString()));
        Assert.Equal([3u, 2u], moved.Updates.Expunged);
        var types = await mailbox.TypesAsync(before);
        Assert.Equal(["MessageMove"], types);

        var archive = await mailbox.SelectAsync("Archive");
        var rows = await mailbox.RowsAsync(archive);
        var emails = new List<long>();
        foreach (var row in rows.Rows) emails.Add(row.EmailId.Value);
        Assert.Equal([2L, 3L], emails);
        var contents = await cluster.Store.ReadEmailsAsync(mailbox.Account, emails.ConvertAll(e => new EmailId(e)).ToArray(), CancellationToken.None);
        Assert.DoesNotContain(null, contents);
    }

    [Fact]
    public async Task Contents_live_as_long_as_a_folder_refers_to_them()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        await mailbox.AppendAsync(session, flags: @"\Deleted");
        await mailbox.Grain.CopyAsync(session, new CopyRequest(Set(1), ByUid: true, "INBOX", Move: false));
        await mailbox.Grain.ExpungeAsync(session, new ExpungeRequest(Set(1)));
        Assert.NotNull((await cluster.Store.ReadEmailsAsync(mailbox.Account, new[] { new EmailId(1) }, CancellationToken.None))[0]);
        await mailbox.Grain.ExpungeAsync(session, new ExpungeRequest());
        Assert.Null((await cluster.Store.ReadEmailsAsync(mailbox.Account, new[] { new EmailId(1) }, CancellationToken.None))[0]);
    }

    [Fact]
    public async Task Concurrent_and_later_repeats_of_a_delivery_store_one_copy()
    {
        var mailbox = cluster.NewMailbox();
        var delivery = Delivery();
        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => mailbox.Grain.DeliverAsync(delivery)));
        Assert.Single(results, r => !r.Duplicate);
        Assert.Single(results.Select(r => (r.Uid, r.EventSequence)).Distinct());
        var totals = await mailbox.Grain.TotalsAsync();
        Assert.Equal(1, totals.Messages);
        var written = (await mailbox.EventsAsync()).Single(e => e.Type == "MessageNew");
        Assert.Equal(written.Sequence, results[0].EventSequence);
        using var json = JsonDocument.Parse(written.Payload);
        Assert.Equal("INBOX", json.RootElement.GetProperty("mailbox").GetProperty("path").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("counters").GetProperty("messages").GetInt32());
        Assert.Equal(delivery.Content.Blob.ToString(), json.RootElement.GetProperty("messages")[0].GetProperty("blobId").GetString());
    }

    [Theory]
    [InlineData("archive", "Archive")]
    [InlineData("../../x", "INBOX")]
    [InlineData("nowhere", "INBOX")]
    [InlineData(null, "INBOX")]
    public async Task Detail_names_a_folder_or_the_mail_goes_to_INBOX(string? detail, string path)
    {
        var mailbox = cluster.NewMailbox();
        Assert.Equal(path, (await mailbox.Grain.DeliverAsync(Delivery(detail))).Path);
    }

    [Fact]
    public async Task Refusals_leave_nothing_behind()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        await mailbox.AppendAsync(session);
        var readOnly = await mailbox.SelectAsync(readOnly: true);
        var before = await mailbox.Grain.TotalsAsync();
        Assert.Equal(MailboxError.NonExistent, await ErrorOf(() => mailbox.AppendAsync(session, "Nowhere")));
        Assert.Equal(MailboxError.Cannot, await ErrorOf(() => mailbox.AppendAsync(session, flags: @"\Recent")));
        Assert.Equal(MailboxError.Cannot, await ErrorOf(() => mailbox.StoreAsync(session, Set(1), StoreMode.Add, "a b")));
        Assert.Equal(MailboxError.Cannot, await ErrorOf(() => mailbox.StoreAsync(session, Set(1), StoreMode.Add, new string('k', 65))));
        Assert.Equal(MailboxError.ReadOnly, await ErrorOf(() => mailbox.StoreAsync(readOnly, Set(1), StoreMode.Add, @"\Seen")));
        Assert.Equal(MailboxError.ReadOnly, await ErrorOf(() => mailbox.Grain.ExpungeAsync(readOnly, new ExpungeRequest())));
        Assert.Equal(MailboxError.UnknownSession, await ErrorOf(() => mailbox.RowsAsync(SessionId.New(TimeProvider.System))));
        Assert.Equal(MailboxError.TooBig, await ErrorOf(() => mailbox.Grain.CheckAppendAsync(session, "INBOX", 2 << 20)));
        var many = Enumerable.Range(0, MessageFlags.MaxKeywords + 1).Select(i => $"k{i}").ToArray();
        Assert.Equal(MailboxError.Limit, await ErrorOf(() => mailbox.StoreAsync(session, Set(1), StoreMode.Add, many)));
        Assert.Equal(before, await mailbox.Grain.TotalsAsync());
    }

    [Fact]
    public async Task Expunges_are_remembered_for_a_while_and_then_told_with_all_that_are_gone()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        const uint Count = MailboxCluster.RememberedChanges * 2;
        await mailbox.AppendAsync(session, count: (int)Count + 1);
        await mailbox.StoreAsync(session, Set(1, Count), StoreMode.Add, @"\Deleted");
        var modSeqs = new List<long>();
        var remembered = 0L;
        for (uint uid = 1; uid <= Count; uid++)
        {
            modSeqs.Add((await mailbox.Grain.ExpungeAsync(session, new ExpungeRequest(Set(uid)))).HighestModSeq);
            var all = await cluster.Store.ReadExpungedAsync(mailbox.Account, FolderId.Inbox, 0, CancellationToken.None);
            remembered = Math.Max(remembered, all.Count);
        }

        Assert.InRange(remembered, MailboxCluster.RememberedChanges, 2 * MailboxCluster.RememberedChanges);
        var kept = await cluster.Store.ReadExpungedAsync(mailbox.Account, FolderId.Inbox, 0, CancellationToken.None);
        Assert.InRange(kept.Count, 1, Count - 1);

        // A short absence is told exactly, a long one with everything that is not there.
        Assert.Equal($"{Count - 9}:{Count}", (await VanishedSinceAsync(modSeqs[^11])).ToString());
        Assert.Equal($"1:{Count}", (await VanishedSinceAsync(modSeqs[1])).ToString());

        async Task<UidSet> VanishedSinceAsync(long modSeq)
        {
            var uidValidity = (await mailbox.Grain.StatusAsync(new FolderPaths(["INBOX"]))).Items[0]!.UidValidity;
            var request = new SelectRequest("INBOX", Resync: new ResyncRequest(uidValidity, modSeq, null, null, null));
            return (await mailbox.Grain.SelectAsync(session, request)).Vanished!;
        }
    }

    [Fact]
    public async Task A_session_that_comes_back_is_told_what_changed_and_what_vanished()
    {
        var mailbox = cluster.NewMailbox();
        var session = await mailbox.SelectAsync();
        await mailbox.AppendAsync(session, count: 5);
        var selected = await mailbox.Grain.SelectAsync(session, new SelectRequest("INBOX"));
        await mailbox.StoreAsync(session, Set(2), StoreMode.Add, @"\Deleted");
        await mailbox.Grain.ExpungeAsync(session, new ExpungeRequest());
        await mailbox.StoreAsync(session, Set(4), StoreMode.Add, @"\Seen");

        var resync = new ResyncRequest(selected.UidValidity, selected.HighestModSeq, null, null, null);
        var back = await mailbox.Grain.SelectAsync(session, new SelectRequest("INBOX", Resync: resync));
        Assert.Equal("2", back.Vanished!.ToString());
        Assert.Equal(1, back.Changed.Count);
        Assert.Equal(4u, back.Exists);
        Assert.Equal(1u, back.FirstUnseen);

        var matching = resync with { KnownSequences = new UidSet([new UidRange(1, 4)]), MatchUids = new UidSet([new UidRange(1, 1), new UidRange(3, 5)]) };
        Assert.True((await mailbox.Grain.SelectAsync(session, new SelectRequest("INBOX", Resync: matching))).Vanished!.IsEmpty);
        var stranger = resync with { UidValidity = 1 };
        Assert.Null((await mailbox.Grain.SelectAsync(session, new SelectRequest("INBOX", Resync: stranger))).Vanished);

        var rows = await mailbox.Grain.RowsAsync(
            session, new RowsRequest(new NumberSet([new NumberRange(1, uint.MaxValue)]), true, UpdateScope.All, selected.HighestModSeq, Vanished: true));
        Assert.Equal([4u], Uids(rows));
        Assert.Equal("2", rows.Vanished!.ToString());
    }
}
