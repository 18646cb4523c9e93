using MailGrains.Model;
using MailGrains.Storage.Records;
using Xunit;
using static MailGrains.TestKit.Contracts.RecordScribe;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every engine owes those who ask for the past.</summary>
public abstract class RecordStoreContract : IAsyncLifetime
{
    private RecordHarness? _harness;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected IRecordStore Store => _harness?.Store ?? throw new InvalidOperationException("The store is not open.");

    public async ValueTask InitializeAsync() => _harness = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_harness is not null) await _harness.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<RecordHarness> OpenAsync();

    [Fact]
    public async Task Effects_and_progress_are_written_together_or_not_at_all()
    {
        var account = new AccountId(Guid.NewGuid());
        var happened = new RecordedEvent(account, 1, Start, "MessageNew", null, [Arrival(1)]);
        Assert.Equal(0, await Store.ReadProgressAsync("records", 3, Cancellation));

        Assert.False(await Store.ApplyAsync(new RecordBatch("records", 3, 5, 6, [happened]), Cancellation));
        Assert.Empty(await EntriesAsync(account));
        Assert.True(await Store.ApplyAsync(new RecordBatch("records", 3, 0, 7, [happened]) { Hash = BlobOf(7) }, Cancellation));
        Assert.False(await Store.ApplyAsync(new RecordBatch("records", 3, 0, 7, [happened]), Cancellation));
        Assert.True(await Store.ApplyAsync(new RecordBatch("records", 1, 0, 2, []), Cancellation));

        Assert.Single(await EntriesAsync(account));
        Assert.Equal(7, await Store.ReadProgressAsync("records", 3, Cancellation));
        Assert.Equal([new RecordPosition(1, 2), new RecordPosition(3, 7, BlobOf(7))], await Store.ListProgressAsync("records", Cancellation));
        Assert.Empty(await Store.ListProgressAsync("others", Cancellation));
    }

    [Fact]
    public async Task A_batch_that_is_impossible_leaves_nothing()
    {
        var account = new AccountId(Guid.NewGuid());
        var events = new[] { Of(1, Arrival(1)), Of(2, new Unknown()) };
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ApplyAsync(new RecordBatch("records", 0, 0, 2, events), Cancellation));
        if (Store is not Storage.InMemory.InMemoryRecordStore) Assert.Empty(await EntriesAsync(account));
        Assert.Equal(0, await Store.ReadProgressAsync("records", 0, Cancellation));

        RecordedEvent Of(long sequence, RecordChange change) => new(account, sequence, Start, "MessageNew", null, [change]);
    }

    [Fact]
    public async Task Of_many_who_apply_the_same_part_one_does()
    {
        var account = new AccountId(Guid.NewGuid());
        for (var round = 0; round < 5; round++)
        {
            var batch = new RecordBatch("records", 0, round, round + 1, [new RecordedEvent(account, round + 1, TimeOf(round), "MessageNew", null, [Arrival((uint)round + 1)])]);
            var done = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Store.ApplyAsync(batch, Cancellation), Cancellation)));
            Assert.Single(done, d => d);
        }

        Assert.Equal(5, (await EntriesAsync(account)).Count);
    }

    [Fact]
    public async Task An_arrival_is_kept_with_all_it_has()
    {
        var ada = NewScribe();
        await ada.WriteAsync("MessageNew", Arrival(7, flags: @"\Seen $a"));

        var entry = Assert.Single(await EntriesAsync(ada.Account));
        Assert.Equal((ada.Account, Inbox, 100u, 7u, new EmailId(7)), (entry.Account, entry.Folder, entry.UidValidity, entry.Uid, entry.Email));
        Assert.Equal((BlobOf(7), "7@example.org", 1007L, EntryOrigin.New), (entry.Blob, entry.MessageId, entry.Size, entry.Origin));
        Assert.Equal("Return-Path: <>\r\n"u8.ToArray(), entry.Prefix.ToArray());
        Assert.Equal(Arrival(7).InternalDate, entry.InternalDate);
        Assert.Equal((TimeOf(1), Act(1, "MessageNew")), (entry.Arrived, entry.Since));
        Assert.Equal((@"\Seen $a", @"\Seen $a"), (entry.FirstFlags, entry.Flags));
        Assert.Null(entry.Until);
        Assert.Null(entry.Source);
    }

    [Fact]
    public async Task What_may_be_absent_is_absent()
    {
        var ada = NewScribe();
        await ada.WriteAsync("MessageAppend", Arrival(1) with { Prefix = default, MessageId = null, Origin = EntryOrigin.Append });
        var entry = Assert.Single(await EntriesAsync(ada.Account));
        Assert.True(entry.Prefix.IsEmpty);
        Assert.Null(entry.MessageId);
    }

    [Fact]
    public async Task Times_in_a_mailbox_never_go_back()
    {
        var ada = NewScribe();
        var other = NewScribe();
        await ada.WriteAsync(Start.AddHours(2), "MessageNew", Arrival(1));
        await ada.WriteAsync(Start.AddHours(1), "MessageNew", Arrival(2));
        await other.WriteAsync(Start.AddHours(1), "MessageNew", Arrival(1));
        await ada.WriteAsync(Start.AddHours(3), "MessageNew", Arrival(3));

        Assert.Equal([Start.AddHours(2), Start.AddHours(2), Start.AddHours(3)], (await EntriesAsync(ada.Account)).Select(e => e.Since.At));
        Assert.Equal(0, await Store.FindSequenceAsync(ada.Account, Start.AddHours(2).AddMicroseconds(-1), Cancellation));
        Assert.Equal(2, await Store.FindSequenceAsync(ada.Account, Start.AddHours(2), Cancellation));
        Assert.Equal(3, await Store.FindSequenceAsync(ada.Account, Start.AddYears(1), Cancellation));
        Assert.Equal(Start.AddHours(1), (await EntriesAsync(other.Account))[0].Since.At);
    }

    [Fact]
    public async Task Folders_are_as_they_were()
    {
        var ada = NewScribe();
        await ada.WriteAsync("MailboxCreate", Named(Inbox, "INBOX"));
        await ada.WriteAsync("MailboxCreate", new FolderNamed(Archive, 101, "Archive", "Archive", "s1"));
        await ada.WriteAsync("MailboxRename", new FolderNamed(Archive, 101, "Älter/日本", "Archive", "s2"));
        await ada.WriteAsync("MailboxDelete", new FolderDeleted(Archive));

        Assert.Empty(await Store.ReadFoldersAsync(ada.Account, 0, Cancellation));
        Assert.Equal([new RecordedFolder(Inbox, 100, "INBOX", null, null, Act(1, "MailboxCreate"), null)], await Store.ReadFoldersAsync(ada.Account, 1, Cancellation));
        Assert.Equal(
            new RecordedFolder(Archive, 101, "Archive", "Archive", "s1", Act(2, "MailboxCreate"), Act(3, "MailboxRename")),
            (await Store.ReadFoldersAsync(ada.Account, 2, Cancellation))[1]);
        Assert.Equal(
            new RecordedFolder(Archive, 101, "Älter/日本", "Archive", "s2", Act(3, "MailboxRename"), Act(4, "MailboxDelete")),
            (await Store.ReadFoldersAsync(ada.Account, 3, Cancellation))[1]);
        Assert.Equal(["INBOX"], (await Store.ReadFoldersAsync(ada.Account, 4, Cancellation)).Select(f => f.Path));
        var history = await Store.ReadFolderHistoryAsync(ada.Account, Cancellation);
        Assert.Equal(history.Select(f => (f.Folder.Value, f.Since.Sequence)).Order(), history.Select(f => (f.Folder.Value, f.Since.Sequence)));
        for (var sequence = 0L; sequence <= 4; sequence++)
        {
            Assert.Equal(
                await Store.ReadFoldersAsync(ada.Account, sequence, Cancellation),
                history.Where(f => f.Since.Sequence <= sequence && (f.Until is null || f.Until.Sequence > sequence)));
        }
    }

    [Fact]
    public async Task Flags_are_those_of_the_moment()
    {
        var ada = NewScribe();
        await ada.WriteAsync("MessageNew", Arrival(1), Arrival(2, flags: "$a"), Arrival(3));
        await ada.WriteAsync("MessageRead", new FlagsChanged(Inbox, Uids(1, 3), @"\Seen"));
        await ada.WriteAsync("FlagsSet", new FlagsChanged(Inbox, Uids(3), @"\Seen \Flagged"), new FlagsChanged(Inbox, Uids(2), "$a $b"));
        await ada.WriteAsync("FlagsClear", new FlagsChanged(Inbox, Uids(1, 2, 3), ""));

        Assert.Equal(["", "$a", ""], await FlagsAsync(ada, 1));
        Assert.Equal([@"\Seen", "$a", @"\Seen"], await FlagsAsync(ada, 2));
        Assert.Equal([@"\Seen", "$a $b", @"\Seen \Flagged"], await FlagsAsync(ada, 3));
        Assert.Equal(["", "", ""], await FlagsAsync(ada, 4));
        var third = (await EntriesAsync(ada.Account))[2];
        Assert.Equal(
            [(2L, @"\Seen"), (3L, @"\Seen \Flagged"), (4L, "")],
            (await Store.ReadFlagsAsync([third.Number], Cancellation)).Select(f => (f.Act.Sequence, f.Flags)));
    }

    [Fact]
    public async Task Copies_and_moves_take_over_what_their_sources_have()
    {
        var ada = NewScribe();
        await ada.WriteAsync("MessageNew", Arrival(1, flags: "$a"), Arrival(2), Arrival(3));
        await ada.WriteAsync("FlagsSet", new FlagsChanged(Inbox, Uids(1), @"$a \Flagged"));
        await ada.WriteAsync("MessageCopy", Transfer(Inbox, Archive, move: false, new TransferredRun(new UidRange(1, 2), 11)));
        await ada.WriteAsync("MessageMove", Transfer(Inbox, Archive, move: true, new TransferredRun(new UidRange(1, 1), 20), new TransferredRun(new UidRange(3, 3), 21)));

        var all = await EntriesAsync(ada.Account);
        var (one, copy, moved) = (all[0], all[3], all[5]);
        Assert.Equal((Archive, 77u, 11u, one.Blob, one.Email, one.MessageId), (copy.Folder, copy.UidValidity, copy.Uid, copy.Blob, copy.Email, copy.MessageId));
        Assert.Equal(one.Prefix.ToArray(), copy.Prefix.ToArray());
        Assert.Equal((EntryOrigin.Copy, (long?)one.Number, @"$a \Flagged", TimeOf(1)), (copy.Origin, copy.Source, copy.FirstFlags, copy.Arrived));
        Assert.Equal((EntryOrigin.Move, (long?)one.Number, 20u), (moved.Origin, moved.Source, moved.Uid));
        Assert.Equal(EntryEnd.Move, one.End);
        Assert.Equal(Act(4, "MessageMove"), one.Until);
        Assert.Equal([2u], await UidsAsync(ada, 4, Inbox));
        Assert.Equal([11u, 12u, 20u, 21u], await UidsAsync(ada, 4, Archive));
        Assert.Equal([1u, 2u, 3u], await UidsAsync(ada, 3, Inbox));
    }

    [Fact]
    public async Task A_move_within_a_folder_gives_new_numbers()
    {
        var ada = NewScribe();
        await ada.WriteAsync("MessageNew", Arrival(1), Arrival(2), Arrival(3));
        await ada.WriteAsync("MessageMove", Transfer(Inbox, Inbox, move: true, new TransferredRun(new UidRange(1, 2), 4)));
        Assert.Equal([3u, 4u, 5u], await UidsAsync(ada, 2, Inbox));
        Assert.Equal([1u, 2u, 3u], await UidsAsync(ada, 1, Inbox));
    }

    [Fact]
    public async Task What_left_is_there_before_and_gone_afterwards()
    {
        var ada = NewScribe();
        await ada.WriteAsync("MailboxCreate", Named(Archive, "Archive"));
        await ada.WriteAsync("MessageNew", Arrival(1, Archive), Arrival(2, Archive), Arrival(3, Archive), Arrival(1));
        await ada.WriteAsync("MessageExpunge", new EntriesLeft(Archive, Uids(1, 3)));
        await ada.WriteAsync("MailboxDelete", new FolderDeleted(Archive));

        Assert.Equal([1u, 2u, 3u], await UidsAsync(ada, 2, Archive));
        Assert.Equal([2u], await UidsAsync(ada, 3, Archive));
        Assert.Empty(await UidsAsync(ada, 4, Archive));
        Assert.Equal([1u], await UidsAsync(ada, 4, Inbox));
        Assert.Equal([EntryEnd.Expunge, EntryEnd.FolderDelete, EntryEnd.Expunge, null], (await EntriesAsync(ada.Account)).Select(e => e.End));
    }

    [Fact]
    public async Task Messages_come_in_pages_by_folder_and_uid()
    {
        var ada = NewScribe();
        await ada.WriteAsync("MessageNew", Arrival(2, Archive), Arrival(9), Arrival(1, Archive), Arrival(4), Arrival(3));
        var first = await Store.ReadMessagesAsync(new MessagesAsOf(ada.Account, 1, null, default, 3), Cancellation);
        var rest = await Store.ReadMessagesAsync(new MessagesAsOf(ada.Account, 1, null, (first[^1].Folder, first[^1].Uid), 3), Cancellation);
        Assert.Equal([(Inbox, 3u), (Inbox, 4u), (Inbox, 9u), (Archive, 1u), (Archive, 2u)], first.Concat(rest).Select(e => (e.Folder, e.Uid)));
    }

    [Fact]
    public async Task All_that_ever_was_is_filtered_by_time_and_by_whether_it_left()
    {
        var ada = NewScribe();
        await ada.WriteAsync("MessageNew", Arrival(1));
        await ada.WriteAsync("MessageNew", Arrival(2));
        await ada.WriteAsync("MessageExpunge", new EntriesLeft(Inbox, Uids(1)));
        await ada.WriteAsync("MessageNew", Arrival(3));

        Assert.Equal([1u, 2u, 3u], await ListAsync(q => q));
        Assert.Equal([1u], await ListAsync(q => q with { Left = true }));
        Assert.Equal([2u, 3u], await ListAsync(q => q with { Left = false }));
        Assert.Equal([1u, 2u], await ListAsync(q => q with { To = TimeOf(2) }));
        Assert.Equal([1u, 2u, 3u], await ListAsync(q => q with { From = TimeOf(3) }));
        Assert.Equal([2u, 3u], await ListAsync(q => q with { From = TimeOf(3).AddMicroseconds(1) }));
        var first = await Store.ReadEntriesAsync(new EntriesQuery(ada.Account, 2), Cancellation);
        Assert.Equal([3u], await ListAsync(q => q with { After = first[^1].Number }));

        async Task<IReadOnlyList<uint>> ListAsync(Func<EntriesQuery, EntriesQuery> with) =>
            [.. (await Store.ReadEntriesAsync(with(new EntriesQuery(ada.Account, 100)), Cancellation)).Select(e => e.Uid)];
    }

    [Fact]
    public async Task A_message_is_found_by_each_of_its_names_within_its_mailbox()
    {
        var (ada, bob) = (NewScribe(), NewScribe());
        foreach (var scribe in new[] { ada, bob })
            await scribe.WriteAsync("MessageNew", Arrival(1, messageId: "m@x"), Arrival(2, messageId: "other@x"), Arrival(3, messageId: "m@x", email: 1, blob: BlobOf(1)));

        Assert.Equal([1u, 3u], (await Store.FindEntriesAsync(ada.Account, MessageKey.Of("m@x"), Cancellation)).Select(e => e.Uid));
        Assert.Equal([1u, 3u], (await Store.FindEntriesAsync(ada.Account, MessageKey.Of(new EmailId(1)), Cancellation)).Select(e => e.Uid));
        Assert.Equal([1u, 3u], (await Store.FindEntriesAsync(ada.Account, MessageKey.Of(BlobOf(1)), Cancellation)).Select(e => e.Uid));
        Assert.All(await Store.FindEntriesAsync(ada.Account, MessageKey.Of("m@x"), Cancellation), e => Assert.Equal(ada.Account, e.Account));
        Assert.Empty(await Store.FindEntriesAsync(ada.Account, MessageKey.Of("M@X"), Cancellation));
    }

    private protected RecordScribe NewScribe() => new(Store, new AccountId(Guid.NewGuid()));

    private protected async Task<IReadOnlyList<RecordedEntry>> EntriesAsync(AccountId account) =>
        await Store.ReadEntriesAsync(new EntriesQuery(account, 1000), Cancellation);

    private async Task<IReadOnlyList<uint>> UidsAsync(RecordScribe scribe, long sequence, FolderId folder) =>
        [.. (await Store.ReadMessagesAsync(new MessagesAsOf(scribe.Account, sequence, folder, default, 1000), Cancellation)).Select(e => e.Uid)];

    private async Task<IReadOnlyList<string>> FlagsAsync(RecordScribe scribe, long sequence) =>
        [.. (await Store.ReadMessagesAsync(new MessagesAsOf(scribe.Account, sequence, Inbox, default, 1000), Cancellation)).Select(e => e.Flags)];

    private static EntriesTransferred Transfer(FolderId from, FolderId to, bool move, params TransferredRun[] runs) => new(from, to, 77, runs, move);

    private sealed record Unknown : RecordChange;
}
