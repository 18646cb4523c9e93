using MailGrains.Model;
using MailGrains.Storage.Records;
using Xunit;
using static MailGrains.TestKit.Contracts.RecordScribe;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every engine of records owes retention and the collection of bodies.</summary>
public abstract class RetentionStoreContract : IAsyncLifetime
{
    private RecordHarness? _harness;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IRecordStore Store => _harness?.Store ?? throw new InvalidOperationException("The store is not open.");

    public async ValueTask InitializeAsync() => _harness = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_harness is not null) await _harness.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<RecordHarness> OpenAsync();

    [Fact]
    public async Task What_left_comes_in_the_order_in_which_it_left()
    {
        var (ada, bob) = (NewScribe(), NewScribe());
        await ada.WriteAsync("MailboxCreate", Named(Inbox, "INBOX"));
        await ada.WriteAsync("MailboxCreate", Named(Archive, "Old"));
        await ada.WriteAsync("MessageNew", Arrival(1), Arrival(2, Archive, flags: "$keep"), Arrival(3));
        await ada.WriteAsync("MailboxRename", Named(Archive, "New"));
        await ada.WriteAsync("MailboxDelete", new FolderDeleted(Archive));
        await ada.WriteAsync("MessageExpunge", new EntriesLeft(Inbox, Uids(1)));
        await bob.WriteAsync("MailboxCreate", Named(Inbox, "INBOX"));
        await bob.WriteAsync("MessageNew", Arrival(5));
        await bob.WriteAsync(TimeOf(5), "MessageExpunge", new EntriesLeft(Inbox, Uids(5)));

        var left = await Store.ReadLeftAsync(TimeOf(100), (DateTimeOffset.UnixEpoch, 0), 10, Cancellation);
        Assert.Equal(
            [(ada.Account, "New", TimeOf(3), TimeOf(5), 1002L, "$keep"), (bob.Account, "INBOX", TimeOf(2), TimeOf(5), 1005L, ""), (ada.Account, "INBOX", TimeOf(3), TimeOf(6), 1001L, "")],
            left.Select(e => (e.Account, e.Folder, e.Arrived, e.Left, e.Size, e.Flags)));
        Assert.Equal(left.Take(2), await Store.ReadLeftAsync(TimeOf(6).AddMicroseconds(-1), (DateTimeOffset.UnixEpoch, 0), 10, Cancellation));
        Assert.Equal(left.Skip(1).Take(1), await Store.ReadLeftAsync(TimeOf(100), (left[0].Left, left[0].Number), 1, Cancellation));
    }

    [Fact]
    public async Task Classes_are_kept_with_their_entries()
    {
        var (ada, bob) = (await LeavingAsync(), await LeavingAsync());
        Assert.Equal([null, null], await ClassesAsync());

        var number = (await EntriesAsync(bob.Account))[0].Number;
        await Store.WriteClassesAsync(
            [new ClassedEntry(number, MessageClasses.Encrypted | MessageClasses.Bulk), new ClassedEntry(number + 1_000_000, MessageClasses.Auto)], Cancellation);
        Assert.Equal([null, MessageClasses.Encrypted | MessageClasses.Bulk], await ClassesAsync());
        await Store.WriteClassesAsync([new ClassedEntry(number, MessageClasses.None)], Cancellation);
        Assert.Equal([null, MessageClasses.None], await ClassesAsync());
        Assert.Equal([number], (await Store.PurgeAsync([number], Cancellation)).Select(p => p.Number));

        async Task<IReadOnlyList<MessageClasses?>> ClassesAsync()
        {
            var left = await Store.ReadLeftAsync(TimeOf(100), (DateTimeOffset.UnixEpoch, 0), 10, Cancellation);
            Assert.All(left, e => Assert.Equal(BlobOf(1), e.Blob));
            return [.. new[] { ada, bob }.Select(s => left.Single(e => e.Account == s.Account).Classes)];
        }
    }

    [Fact]
    public async Task Only_what_left_is_purged_and_with_its_flags()
    {
        var ada = await LeavingAsync();
        var entries = await EntriesAsync(ada.Account);

        var purged = await Store.PurgeAsync([.. entries.Select(e => e.Number)], Cancellation);

        Assert.Equal([new PurgedEntry(entries[0].Number, ada.Account, new EmailId(1), BlobOf(1), 1001, TimeOf(4))], purged);
        Assert.Equal([2u], (await EntriesAsync(ada.Account)).Select(e => e.Uid));
        Assert.Empty(await Store.ReadFlagsAsync([entries[0].Number], Cancellation));
        Assert.Empty(await Store.PurgeAsync([entries[0].Number], Cancellation));
        Assert.Equal([BlobOf(2)], (await Store.FindReferredAsync([BlobOf(1), BlobOf(2), BlobOf(3)], Cancellation)).AsEnumerable());
    }

    [Fact]
    public async Task A_hold_keeps_everything_until_the_last_case_is_over()
    {
        var ada = await LeavingAsync();
        var bob = await LeavingAsync();
        var start = ada.Sequence;
        await ada.WriteAsync("HoldApplied", new HoldChanged("case-1", Applied: true));
        await ada.WriteAsync("HoldApplied", new HoldChanged("case-2", Applied: true));
        await ada.WriteAsync("HoldApplied", new HoldChanged("case-1", Applied: true));
        await ada.WriteAsync("HoldReleased", new HoldChanged("case-1", Applied: false));
        await ada.WriteAsync("HoldReleased", new HoldChanged("case-3", Applied: false));
        var all = (await EntriesAsync(ada.Account)).Concat(await EntriesAsync(bob.Account)).Select(e => e.Number).ToArray();

        Assert.Equal([bob.Account], (await Store.PurgeAsync(all, Cancellation)).Select(p => p.Account));
        Assert.Equal(
            [new RecordedHold("case-1", start + 1, start + 4), new RecordedHold("case-2", start + 2, null)], await Store.ReadHoldsAsync(ada.Account, Cancellation));

        await ada.WriteAsync("HoldReleased", new HoldChanged("case-2", Applied: false));
        Assert.Equal([ada.Account], (await Store.PurgeAsync(all, Cancellation)).Select(p => p.Account));
    }

    [Fact]
    public async Task A_mailbox_with_an_event_that_could_not_be_read_is_not_purged()
    {
        var ada = await LeavingAsync();
        var at = await ada.WriteAsync("HoldApplied", new EventUnread("no case"));

        Assert.Empty(await Store.PurgeAsync([.. (await EntriesAsync(ada.Account)).Select(e => e.Number)], Cancellation));
        Assert.Equal([new UnreadEvent(ada.Account, Act(at, "HoldApplied"), "no case")], await Store.ReadUnreadAsync(ada.Account, Cancellation));
        Assert.Empty(await Store.ReadUnreadAsync(NewScribe().Account, Cancellation));
    }

    [Fact]
    public async Task Bodies_of_what_was_purged_are_noted_until_they_are_struck_out()
    {
        var (ada, bob) = (await LeavingAsync(), await LeavingAsync());
        await bob.WriteAsync("MessageExpunge", new EntriesLeft(Inbox, Uids(2)));
        Assert.Empty(await Store.ReadNotedAsync(10, Cancellation));

        var entries = (await EntriesAsync(ada.Account)).Concat(await EntriesAsync(bob.Account));
        await Store.PurgeAsync([.. entries.Select(e => e.Number)], Cancellation);
        var noted = await Store.ReadNotedAsync(10, Cancellation);
        Assert.Equal(new[] { BlobOf(1), BlobOf(2) }.ToHashSet(), noted.Select(n => n.Blob).ToHashSet());
        Assert.Equal(2, noted.Count);
        Assert.Single(await Store.ReadNotedAsync(1, Cancellation));

        var first = noted.Single(n => n.Blob == BlobOf(1));
        await Store.StrikeOutAsync([first, new NotedBody(BlobOf(3), 1)], Cancellation);
        await Store.StrikeOutAsync([first], Cancellation);
        Assert.Equal([BlobOf(2)], (await Store.ReadNotedAsync(10, Cancellation)).Select(n => n.Blob));
    }

    [Fact]
    public async Task What_a_purge_took_from_each_mailbox_is_noted_until_it_is_struck_out()
    {
        var (ada, bob) = (await LeavingAsync(), await LeavingAsync());
        await bob.WriteAsync("MessageExpunge", new EntriesLeft(Inbox, Uids(2)));
        Assert.Empty(await Store.ReadPurgesAsync(0, 10, Cancellation));
        var entries = (await EntriesAsync(ada.Account)).Concat(await EntriesAsync(bob.Account));
        await Store.PurgeAsync([.. entries.Select(e => e.Number)], Cancellation);
        await Store.PurgeAsync([.. entries.Select(e => e.Number)], Cancellation);

        var noted = await Store.ReadPurgesAsync(0, 10, Cancellation);
        Assert.Equal(
            new[] { (ada.Account, 1, TimeOf(4)), (bob.Account, 2, TimeOf(5)) }.ToHashSet(),
            noted.Select(n => (n.Account, n.Messages, n.LeftBefore)).ToHashSet());
        Assert.Equal(2, noted.Count);
        Assert.Equal([noted[0]], await Store.ReadPurgesAsync(0, 1, Cancellation));
        Assert.Equal([noted[1]], await Store.ReadPurgesAsync(noted[0].Number, 10, Cancellation));

        // The number of one that is struck out is not given to another.
        await Store.StrikeOutPurgesAsync(noted, Cancellation);
        await PurgeAsync(await LeavingAsync());
        await Store.StrikeOutPurgesAsync(noted, Cancellation);
        Assert.Equal(1, Assert.Single(await Store.ReadPurgesAsync(0, 10, Cancellation)).Messages);
    }

    [Fact]
    public async Task A_body_that_is_noted_again_is_not_struck_out_with_what_was_noted_before()
    {
        var (ada, bob) = (await LeavingAsync(), await LeavingAsync());
        await PurgeAsync(ada);
        var before = await Store.ReadNotedAsync(10, Cancellation);
        await PurgeAsync(bob);
        await Store.StrikeOutAsync(before, Cancellation);
        var again = await Store.ReadNotedAsync(10, Cancellation);
        Assert.Equal([BlobOf(1)], again.Select(n => n.Blob));

        await Store.StrikeOutAsync(again, Cancellation);
        await PurgeAsync(await LeavingAsync());
        await Store.StrikeOutAsync(again, Cancellation);
        Assert.Equal([BlobOf(1)], (await Store.ReadNotedAsync(10, Cancellation)).Select(n => n.Blob));
    }

    [Fact]
    public async Task The_mailboxes_that_had_a_body_are_known()
    {
        var scribes = Enumerable.Range(0, 5).Select(_ => NewScribe()).OrderBy(s => s.Account.Value.ToString("N"), StringComparer.Ordinal).ToArray();
        foreach (var scribe in scribes) await scribe.WriteAsync("MessageNew", Arrival(1), Arrival(2), Arrival(7, blob: BlobOf(1)));
        await scribes[3].WriteAsync("MessageExpunge", new EntriesLeft(Inbox, Uids(1, 7)));

        Assert.Equal(scribes.Select(s => s.Account), await Store.FindAccountsAsync(BlobOf(1), null, 10, Cancellation));
        Assert.Equal(scribes[2..4].Select(s => s.Account), await Store.FindAccountsAsync(BlobOf(1), scribes[1].Account, 2, Cancellation));
        Assert.Empty(await Store.FindAccountsAsync(BlobOf(9), null, 10, Cancellation));
    }

    [Fact]
    public async Task What_was_known_of_the_clock_is_kept()
    {
        Assert.Null(await Store.ReadClockAsync(Cancellation));
        await Store.WriteClockAsync(new ClockState(Start, TimeSpan.FromHours(24)), Cancellation);
        var later = new ClockState(Start.AddMinutes(5), TimeSpan.FromMinutes(3));
        await Store.WriteClockAsync(later, Cancellation);
        Assert.Equal(later, await Store.ReadClockAsync(Cancellation));
    }

    private RecordScribe NewScribe() => new(Store, new AccountId(Guid.NewGuid()));

    private async Task<RecordScribe> LeavingAsync()
    {
        var scribe = NewScribe();
        await scribe.WriteAsync("MailboxCreate", Named(Inbox, "INBOX"));
        await scribe.WriteAsync("MessageNew", Arrival(1), Arrival(2));
        await scribe.WriteAsync("MessageTrash", new FlagsChanged(Inbox, Uids(1), @"\Deleted"));
        await scribe.WriteAsync("MessageExpunge", new EntriesLeft(Inbox, Uids(1)));
        return scribe;
    }

    private async Task PurgeAsync(RecordScribe scribe) =>
        await Store.PurgeAsync([.. (await EntriesAsync(scribe.Account)).Select(e => e.Number)], Cancellation);

    private async Task<IReadOnlyList<RecordedEntry>> EntriesAsync(AccountId account) =>
        await Store.ReadEntriesAsync(new EntriesQuery(account, 1000), Cancellation);
}
