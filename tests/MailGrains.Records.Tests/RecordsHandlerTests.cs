using CsCheck;
using MailGrains.Model;
using MailGrains.Storage;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Records;
using MailGrains.Storage.Sqlite;
using MailGrains.Storage.Sqlite.Records;
using MailGrains.Subscribers;
using MailGrains.TestKit;

namespace MailGrains.Records.Tests;

public sealed class RecordsHandlerTests
{
    private readonly MemoryLog _log = new();
    private readonly InMemoryRecordStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_that_are_recorded_are_dropped_and_what_is_missing_is_read_from_the_log()
    {
        var ada = _log.NewAccount(0);
        for (uint uid = 1; uid <= 1200; uid++) _log.Write(ada, "MessageNew", Members.Arrival(uid));
        var handler = new RecordsHandler("records", _store, _log);

        await handler.HandleAsync(_log.Batch(0, 0, 10), Cancellation);
        await handler.HandleAsync(_log.Batch(0, 5, 10), Cancellation);
        Assert.Equal(15, await _store.ReadProgressAsync("records", 0, Cancellation));
        await handler.HandleAsync(_log.Batch(0, 1190, 5), Cancellation);
        await handler.HandleAsync(_log.Batch(0, 3, 1, redriven: true), Cancellation);

        // What is read from the log goes on where the batch ends.
        Assert.Equal(1200, await _store.ReadProgressAsync("records", 0, Cancellation));
        Assert.Equal(Enumerable.Range(1, 1200), (await EntriesAsync(_store, ada)).Select(e => (int)e.Uid));
    }

    [Fact]
    public async Task Records_do_not_begin_behind_events_that_were_removed()
    {
        var ada = _log.NewAccount(0);
        for (uint uid = 1; uid <= 20; uid++) _log.Write(ada, "MessageNew", Members.Arrival(uid));
        _log.CutTo = 15;
        var handler = new RecordsHandler("records", _store, _log);
        var refused = await Assert.ThrowsAsync<HandlerUnavailableException>(() => handler.HandleAsync(_log.Batch(0, 15, 5), Cancellation));
        Assert.Contains("events 1 to 15", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await EntriesAsync(_store, ada));
    }

    [Theory]
    [InlineData(15u)]
    [InlineData(20u)]
    [InlineData(25u)]
    public async Task Records_of_another_log_are_refused_and_never_caught_up(uint uids)
    {
        var ada = _log.NewAccount(0);
        for (uint uid = 1; uid <= 20; uid++) _log.Write(ada, "MessageNew", Members.Arrival(uid));
        await new RecordsHandler("records", _store, _log).HandleAsync(_log.Batch(0, 0, 20), Cancellation);
        var lag = new RecordsLag("records", _store, _log, new SteeredClock());
        Assert.True(await lag.HasCaughtUpAsync(TimeSpan.Zero, Cancellation));

        // The mail is put back, the records are not: others get the same places.
        _log.PutBack(0, 10);
        for (uint uid = 11; uid <= uids; uid++) _log.Write(ada, "MessageNew", Members.Arrival(uid + 100));
        var refused = await Assert.ThrowsAsync<HandlerUnavailableException>(
            () => new RecordsHandler("records", _store, _log).HandleAsync(_log.Batch(0, 10, 15), Cancellation));
        Assert.Contains("event 20 of partition 0", refused.Message, StringComparison.Ordinal);
        Assert.False(await lag.HasCaughtUpAsync(TimeSpan.Zero, Cancellation));
        _log.PutBack(0, 0);
        Assert.False(await lag.HasCaughtUpAsync(TimeSpan.Zero, Cancellation));
    }

    [Fact]
    public async Task Records_whose_last_event_was_removed_from_the_log_go_on()
    {
        var ada = _log.NewAccount(0);
        for (uint uid = 1; uid <= 20; uid++) _log.Write(ada, "MessageNew", Members.Arrival(uid));
        await new RecordsHandler("records", _store, _log).HandleAsync(_log.Batch(0, 0, 10), Cancellation);
        _log.CutTo = 10;
        await new RecordsHandler("records", _store, _log).HandleAsync(_log.Batch(0, 10, 10), Cancellation);
        Assert.Equal(20, (await EntriesAsync(_store, ada)).Count);
    }

    [Fact]
    public async Task An_event_that_can_not_be_read_stops_nobody_and_is_remembered()
    {
        var ada = _log.NewAccount(0);
        _log.Write(ada, "MessageNew", Members.Arrival(1));
        _log.Write(ada, "MessageNew", "\"mailbox\":7");
        _log.Write(ada, "MessageNew", Members.Arrival(2));
        await new RecordsHandler("records", _store, _log).HandleAsync(_log.Batch(0, 0, 3), Cancellation);

        Assert.Equal([1u, 2u], (await EntriesAsync(_store, ada)).Select(e => e.Uid));
        Assert.Equal(2, Assert.Single(await _store.ReadUnreadAsync(ada, Cancellation)).Act.Sequence);
    }

    [Fact]
    public async Task A_store_that_can_not_be_written_is_waited_for()
    {
        using var folder = new TemporaryFolder();
        var failing = true;
        var options = new SqliteFileOptions { BeforeCommit = () => _ = failing ? throw new IOException("full") : 0 };
        await using var store = SqliteRecords.Open(Path.Combine(folder.Path, "records.db"), options);
        _log.Write(_log.NewAccount(0), "MessageNew", Members.Arrival(1));
        var handler = new RecordsHandler("records", store, _log);

        var failure = await Assert.ThrowsAsync<HandlerUnavailableException>(() => handler.HandleAsync(_log.Batch(0, 0, 1), Cancellation));
        Assert.IsType<StoreUnavailableException>(failure.InnerException);
        failing = false;
        await handler.HandleAsync(_log.Batch(0, 0, 1), Cancellation);
    }

    [Fact]
    public async Task The_history_of_a_message_is_told_in_order()
    {
        var ada = _log.NewAccount(0);
        _log.Write(ada, "MailboxCreate", Members.Folder(1));
        _log.Write(ada, "MailboxCreate", Members.Folder(2, "Old"));
        _log.Write(ada, "MessageNew", Members.Arrival(1));
        _log.Write(ada, "MessageNew", Members.Arrival(2));
        _log.Write(ada, "MessageRead", Members.Flags("1:2", "\"\\\\Seen\""));
        _log.Write(ada, "MessageMove", Members.Transfer(1, 2, "1", "5"));
        _log.Write(ada, "MessageExpunge", Members.Expunge("5", folder: 2));
        await new RecordsHandler("records", _store, _log).HandleAsync(_log.Batch(0, 0, 7), Cancellation);
        var records = new MailboxRecords(_store);

        var history = await records.HistoryAsync(ada, MessageKey.Of("1@x"), Cancellation);

        Assert.Equal(
            ["3 Came 1:1 ", @"5 Flags 1:1 \Seen", @"6 Left 1:1 \Seen", @"6 Came 2:5 \Seen", @"7 Left 2:5 \Seen"],
            history.Select(l => $"{l.Act.Sequence} {l.Kind} {l.Entry.Folder}:{l.Entry.Uid} {l.Flags}"));
        Assert.All(history, l => Assert.Equal("ada@example.org", l.Act.Actor));
        Assert.Equal([ada], await records.ReadersAsync(ada, new FolderId(2), Moment.After(2), Cancellation));
        Assert.Empty(await records.ReadersAsync(ada, new FolderId(2), Moment.Of(MemoryLog.Start.AddMinutes(1)), Cancellation));
    }

    /// <summary>
    /// Whatever fails or dies, and wherever the machinery then goes on, the records are those of one undisturbed pass. The SQLite file is opened anew from
    /// what a kill would have left.
    /// </summary>
    [Fact]
    public Task Effects_happen_exactly_once() =>
        Gen.Int[0, int.MaxValue].SampleAsync(seed => PlayAsync(new Random(seed)), iter: 40, threads: 1);

    private static async Task PlayAsync(Random random)
    {
        var log = new MemoryLog();
        var accounts = new[] { log.NewAccount(0), log.NewAccount(0), log.NewAccount(0) };
        RandomHistory.Write(log, accounts, random.Next(1, 80), random);
        var undisturbed = new InMemoryRecordStore();
        await new RecordsHandler("records", undisturbed, log).HandleAsync(log.Batch(0, 0, int.MaxValue), Cancellation);

        var folders = new Stack<TemporaryFolder>([new TemporaryFolder()]);
        var store = Open(folders.Peek(), random);
        try
        {
            for (long hint = 0; await store.ReadProgressAsync("records", 0, Cancellation) < log.Head(0);)
            {
                hint = Math.Clamp(hint + random.Next(-5, 3), 0, log.Head(0) - 1);
                var batch = log.Batch(0, hint, random.Next(1, 12));
                try
                {
                    await new RecordsHandler("records", store, log).HandleAsync(batch, Cancellation);
                    hint = batch.Events[^1].Position;
                }
                catch (HandlerUnavailableException)
                {
                    // It comes again.
                }

                if (random.Next(6) > 0) continue;
                var remains = folders.Peek().CopyLive();
                await store.DisposeAsync();
                folders.Push(remains);
                store = Open(remains, random);
            }

            foreach (var account in accounts) Assert.Equal(await TextAsync(undisturbed, account), await TextAsync(store, account));
        }
        finally
        {
            await store.DisposeAsync();
            foreach (var folder in folders) folder.Dispose();
        }
    }

    private static Storage.Relational.Records.RelationalRecords Open(TemporaryFolder folder, Random random) => SqliteRecords.Open(
        Path.Combine(folder.Path, "records.db"),
        new SqliteFileOptions { BeforeCommit = () => _ = random.Next(4) == 0 ? throw new IOException("fsync") : 0 });

    private static async Task<string> TextAsync(IRecordReader store, AccountId account)
    {
        var entries = await EntriesAsync(store, account);
        var text = entries.Select(e => $"{e.Folder}:{e.Uid} {e.Email} {e.Origin} {e.Since} {e.FirstFlags}|{e.Flags} {e.End} {e.Until} {e.Arrived:O}");
        var flags = await store.ReadFlagsAsync([.. entries.Select(e => e.Number)], Cancellation);
        return string.Join('\n', text.Concat(flags.Select(f => $"{f.Act} {f.Flags}").Order(StringComparer.Ordinal)));
    }

    private static Task<IReadOnlyList<RecordedEntry>> EntriesAsync(IRecordReader store, AccountId account) =>
        store.ReadEntriesAsync(new EntriesQuery(account, 10_000), Cancellation);
}
