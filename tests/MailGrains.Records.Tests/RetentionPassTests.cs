using MailGrains.Model;
using MailGrains.Records.Retention;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Records;

namespace MailGrains.Records.Tests;

public sealed class RetentionPassTests : IRetentionAccounts, IMessageClasses
{
    private readonly MemoryLog _log = new();
    private readonly InMemoryRecordStore _store = new();
    private readonly SteeredClock _time = new();
    private readonly Dictionary<BlobId, MessageClasses> _classes = [];
    private readonly List<BlobId> _looked = [];
    private readonly RecordsHandler _handler;
    private readonly RecordsLag _lag;

    public RetentionPassTests()
    {
        _handler = new RecordsHandler("records", _store, _log);
        _lag = new RecordsLag("records", _store, _log, _time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    Task<RetentionAccount?> IRetentionAccounts.FindAsync(AccountId account, CancellationToken cancellation) =>
        Task.FromResult<RetentionAccount?>(new RetentionAccount(["ada@example.org"], []));

    Task<MessageClasses?> IMessageClasses.FindAsync(BlobId blob, CancellationToken cancellation)
    {
        _looked.Add(blob);
        return Task.FromResult<MessageClasses?>(_classes.TryGetValue(blob, out var found) ? found : null);
    }

    [Fact]
    public async Task Messages_are_read_once_for_their_classes_and_one_that_cannot_be_read_is_kept()
    {
        var ada = await LeftAsync(messages: 3);
        _classes[Members.BlobOf(2)] = MessageClasses.Bulk;
        _classes[Members.BlobOf(3)] = MessageClasses.Calendar;
        var pass = await TrustedAsync(OfBulk("40d"));
        Advance(TimeSpan.FromDays(35));
        Assert.Empty((await pass.NextAsync(Cancellation)).Purged);
        Assert.Empty(_looked);

        Advance(TimeSpan.FromDays(10));
        Assert.Equal(1, (await pass.NextAsync(Cancellation)).Purged[ada]);
        Assert.Equal([1, 3, 4], (await EntriesAsync(ada)).Select(e => (int)e.Uid));
        Assert.Equal([Members.BlobOf(2), Members.BlobOf(3), Members.BlobOf(4)], _looked);

        Assert.Empty((await pass.NextAsync(Cancellation)).Purged);
        Assert.Equal([Members.BlobOf(4)], _looked[3..]);

        // Nothing that a rule says of classes matters any more.
        Advance(TimeSpan.FromDays(400));
        Assert.Equal(2, (await pass.NextAsync(Cancellation)).Purged[ada]);
        Assert.Equal(4, _looked.Count);
    }

    [Fact]
    public async Task A_slice_ends_when_much_was_read()
    {
        var ada = await LeftAsync(messages: 5);
        for (uint uid = 2; uid <= 6; uid++) _classes[Members.BlobOf(uid)] = MessageClasses.Bulk;
        var pass = await TrustedAsync(OfBulk("40d"), mostRead: 25);
        Advance(TimeSpan.FromDays(50));
        int[] gone = [await GoneAsync(), await GoneAsync(), await GoneAsync()];
        Assert.Equal([2, 2, 1], gone);

        async Task<int> GoneAsync() => (await pass.NextAsync(Cancellation)).Purged[ada];
    }

    [Fact]
    public async Task Entries_go_when_both_times_are_over_and_are_counted_by_account()
    {
        var (ada, bob) = (await LeftAsync(messages: 3), await LeftAsync(messages: 2));
        var pass = await TrustedAsync("40d", "30d");
        var start = _time.Wall;

        Advance(MemoryLog.Start.AddDays(39) - start);
        Assert.Empty((await pass.NextAsync(Cancellation)).Purged);
        Advance(TimeSpan.FromDays(2));
        var report = await pass.NextAsync(Cancellation);

        Assert.Equal(PurgeOutcome.Done, report.Outcome);
        Assert.Equal(new Dictionary<AccountId, int> { [ada] = 3, [bob] = 2 }, report.Purged);
        Assert.Equal([1], (await EntriesAsync(ada)).Select(e => (int)e.Uid));
    }

    [Fact]
    public async Task A_pass_goes_in_slices_and_begins_again()
    {
        var ada = await LeftAsync(messages: 7);
        var pass = await TrustedAsync("1d", "1d", slice: 3);
        Advance(TimeSpan.FromDays(2));
        _log.Write(ada, "HoldApplied", "\"case\":\"c1\"");
        await HandleAsync();
        Assert.Equal([PurgeOutcome.More, PurgeOutcome.More, PurgeOutcome.Done], await OutcomesAsync(pass, 3));
        Assert.Equal(8, (await EntriesAsync(ada)).Count);
        _log.Write(ada, "HoldReleased", "\"case\":\"c1\"");
        await HandleAsync();
        Assert.Equal(3, (await pass.NextAsync(Cancellation)).Purged[ada]);
        Assert.Equal(3, (await pass.NextAsync(Cancellation)).Purged[ada]);
        Assert.Equal(1, (await pass.NextAsync(Cancellation)).Purged[ada]);
    }

    [Fact]
    public async Task Nothing_goes_while_the_clock_is_not_trusted()
    {
        var ada = await LeftAsync(messages: 1);
        var pass = await TrustedAsync("1d", "1d");
        _time.Wall += TimeSpan.FromDays(1000);
        Assert.Equal(PurgeOutcome.ClockNotTrusted, (await pass.NextAsync(Cancellation)).Outcome);
        _time.Wall -= TimeSpan.FromDays(1000);
        Assert.Equal(PurgeOutcome.ClockNotTrusted, (await pass.NextAsync(Cancellation)).Outcome);
        Assert.Equal(2, (await EntriesAsync(ada)).Count);
    }

    [Fact]
    public async Task Nothing_goes_while_a_hold_could_be_in_the_part_of_the_log_that_is_not_recorded()
    {
        var ada = await LeftAsync(messages: 1);
        var pass = await TrustedAsync("1d", "1d");
        Advance(TimeSpan.FromDays(2));
        _log.Write(ada, "HoldApplied", "\"case\":\"c1\"");
        Assert.Equal(PurgeOutcome.RecordsBehind, (await pass.NextAsync(Cancellation)).Outcome);

        await HandleAsync();
        var report = await pass.NextAsync(Cancellation);
        Assert.Equal((PurgeOutcome.Done, 0), (report.Outcome, report.Purged.Count));
        _log.Write(ada, "HoldReleased", "\"case\":\"c1\"");
        await HandleAsync();
        Assert.Equal(1, (await pass.NextAsync(Cancellation)).Purged[ada]);
    }

    [Fact]
    public async Task Without_rules_nothing_goes()
    {
        await LeftAsync(messages: 1);
        var pass = Pass(RetentionPolicy.None, 10);
        while ((await pass.NextAsync(Cancellation)).Outcome == PurgeOutcome.ClockNotTrusted) Advance(TimeSpan.FromHours(1));
        Advance(TimeSpan.FromDays(4));
        Assert.Equal(PurgeOutcome.NoRules, (await pass.NextAsync(Cancellation)).Outcome);
    }

    [Fact]
    public async Task Bodies_are_kept_as_long_as_they_are_recorded_and_all_while_the_records_are_behind()
    {
        var ada = await LeftAsync(messages: 1);
        var bodies = new RecordedBodies(_store, _lag) { Patience = TimeSpan.Zero };
        BlobId[] asked = [Members.BlobOf(1), Members.BlobOf(2), Members.BlobOf(99)];
        Assert.Equal(asked[..2], await KeptAsync());

        // Delivered and expunged before the records see it.
        _log.Write(ada, "MessageNew", Members.Arrival(99));
        _log.Write(ada, "MessageExpunge", Members.Expunge("99"));
        Assert.Equal(asked, await KeptAsync());

        await HandleAsync();
        Assert.Equal(asked, await KeptAsync());
        var left = (await EntriesAsync(ada)).Where(e => e.Until is not null).Select(e => e.Number);
        await _store.PurgeAsync([.. left], Cancellation);
        Assert.Equal(asked[..1], await KeptAsync());

        async Task<BlobId[]> KeptAsync()
        {
            var kept = await bodies.KeptAsync(asked, Cancellation);
            return [.. asked.Where(kept.Contains)];
        }
    }

    /// <summary>A mailbox in which one message stayed and some left.</summary>
    private async Task<AccountId> LeftAsync(int messages)
    {
        var account = _log.NewAccount(1);
        _log.Write(account, "MailboxCreate", Members.Folder(1), MemoryLog.Start);
        for (uint uid = 1; uid <= messages + 1; uid++) _log.Write(account, "MessageNew", Members.Arrival(uid), MemoryLog.Start);
        _log.Write(account, "MessageExpunge", Members.Expunge($"2:{messages + 1}"), MemoryLog.Start);
        await HandleAsync();
        return account;
    }

    private Task HandleAsync() => _handler.HandleAsync(_log.Batch(1, 0, int.MaxValue), Cancellation);

    private static RetentionPolicy OfBulk(string keep) => new(
    [
        RetentionRule.Parse([new("Classes", "bulk"), new("KeepFor", keep)]),
        RetentionRule.Parse([new("KeepFor", "400d")]),
    ]);

    private Task<RetentionPass> TrustedAsync(string keep, string undelete, int slice = 100) =>
        TrustedAsync(new RetentionPolicy([RetentionRule.Parse([new("KeepFor", keep), new("UndeleteFor", undelete)])]), slice);

    private async Task<RetentionPass> TrustedAsync(RetentionPolicy policy, int slice = 100, long mostRead = long.MaxValue)
    {
        await _store.WriteClockAsync(new ClockState(_time.Wall, TimeSpan.Zero), Cancellation);
        var pass = Pass(policy, slice, mostRead);
        Assert.Equal(PurgeOutcome.Done, (await pass.NextAsync(Cancellation)).Outcome);
        return pass;
    }

    private RetentionPass Pass(RetentionPolicy policy, int slice, long mostRead = long.MaxValue) =>
        new(policy, _store, this, this, _lag, new RetentionClock(_store, _time)) { SliceSize = slice, MostRead = mostRead, Patience = TimeSpan.Zero };

    private void Advance(TimeSpan time) => _time.Run(time);

    private static async Task<IReadOnlyList<PurgeOutcome>> OutcomesAsync(RetentionPass pass, int slices)
    {
        var outcomes = new PurgeOutcome[slices];
        for (var i = 0; i < slices; i++) outcomes[i] = (await pass.NextAsync(Cancellation)).Outcome;
        return outcomes;
    }

    private async Task<IReadOnlyList<RecordedEntry>> EntriesAsync(AccountId account) =>
        await _store.ReadEntriesAsync(new EntriesQuery(account, 1000), Cancellation);
}
