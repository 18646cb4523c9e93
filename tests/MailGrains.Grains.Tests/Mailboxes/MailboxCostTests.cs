using System.Diagnostics;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.Sessions;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Mailboxes;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>Costs that must not grow with the folder, as ratios and bytes; times are printed, not judged.</summary>
[Collection(nameof(Alone))]
public sealed class MailboxCostTests(ITestOutputHelper output)
{
    private static readonly AccountId Account = AccountId.New(TimeProvider.System);

    [Fact]
    public void Append_is_flat_and_a_million_messages_fit_in_64_bytes_each()
    {
        // What other tests left may go at any moment, and would be missed in one of these; the middle one tells what a mailbox takes.
        var kept = new MailboxState[5];
        var taken = new long[kept.Length];
        var before = Memory();
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = MailboxWith(1_000_000);
            var after = Memory();
            (taken[i], before) = (after - before, after);
        }

        Array.Sort(taken);
        var perMessage = taken[kept.Length / 2] / 1_000_000.0;
        output.WriteLine($"{perMessage:F1} bytes a message, of {string.Join(", ", taken)} for a mailbox");
        Assert.InRange(perMessage, 40, 64);

        var large = kept[0];
        var small = MailboxWith(1000);
        var (fast, smallBytes) = CostOfAppends(small);
        var (slow, largeBytes) = CostOfAppends(large);
        output.WriteLine($"delivery into 1,000: {fast.TotalMicroseconds / 1000:F2} µs, {smallBytes} B; into 1,000,000: {slow.TotalMicroseconds / 1000:F2} µs, {largeBytes} B");
        Assert.True(slow < 4 * fast, $"{slow} against {fast}");
        Assert.True(largeBytes < 2 * smallBytes, $"{largeBytes} against {smallBytes}");
        GC.KeepAlive(kept);
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    [Fact]
    public void A_STORE_of_10000_messages_makes_one_event_and_allocates_less_than_their_pages()
    {
        var state = MailboxWith(10_000);
        var request = new StoreRequest(NumberSet.All, true, StoreMode.Add, [@"\Seen"], UpdateScope.All);
        TimeSpan best = TimeSpan.MaxValue;
        long bytes = 0;
        for (var i = 0; i < 20; i++)
        {
            var start = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            var turn = Turn(state);
            var result = FlagTurn.Apply(turn, FolderId.Inbox, UidSet.Between(1, 10_000), request);
            var (_, commit) = turn.Build(_ => 0);
            bytes = GC.GetAllocatedBytesForCurrentThread() - start.Item2;
            var took = Stopwatch.GetElapsedTime(start.Item1);
            if (took < best) best = took;
            Assert.True(result.Changed);
            Assert.Equal("MessageRead", Assert.Single(commit.Events).Type);
            Assert.InRange(commit.Events[0].Payload.Length, 200, 2000);
            Assert.Equal(79, commit.Pages.Count);
        }

        output.WriteLine($"STORE of 10,000: {best.TotalMilliseconds:F2} ms, {bytes} B");
        Assert.InRange(bytes, 1, 10_000 * 52);
    }

    [Fact]
    public void Moving_10000_messages_is_one_event_with_runs_and_no_reference_changes()
    {
        var state = MailboxWith(10_000);
        MoveAll(state);
        var started = Stopwatch.GetTimestamp();
        var (after, commit) = MoveAll(state);
        output.WriteLine($"MOVE of 10,000: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F2} ms");
        Assert.Equal("MessageMove", Assert.Single(commit.Events).Type);
        Assert.InRange(commit.Events[0].Payload.Length, 200, 2000);
        Assert.Empty(commit.References);
        Assert.Equal(0, after.Folders[FolderId.Inbox].Messages.Count);
        Assert.Equal(10_000, after.Folders[new FolderId(2)].Messages.Count);
    }

    [Fact]
    public void A_delivery_event_allocates_at_most_2_KB()
    {
        var state = MailboxWith(100);
        var turn = Turn(state);
        var delivery = TestMailbox.Delivery();
        var arrival = new Arrival(FolderMessagesTests.Entries(101, 1, 2)[0], delivery.Content.Blob, "some.id@example.org");
        var folder = turn.Folder(FolderId.Inbox);
        var best = TimeSpan.MaxValue;
        long bytes = 0;
        for (var round = 0; round < 50; round++)
        {
            var turns = Enumerable.Range(0, 1000).Select(_ => Turn(state)).ToArray();
            var (started, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            foreach (var each in turns) ArrivalEvents.New(each, folder, arrival, delivery);
            var took = Stopwatch.GetElapsedTime(started);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / turns.Length;
            if (took < best) best = took;
        }

        output.WriteLine($"MessageNew: {best.TotalMicroseconds / 1000:F2} µs, {bytes} B");
        Assert.InRange(bytes, 500, 2048);
    }

    [Fact]
    public void Syncing_a_million_messages_after_one_delivery_looks_at_what_changed()
    {
        var state = MailboxWith(1_000_000);
        var folder = state.Folders[FolderId.Inbox];
        var now = PageEdit.Append(folder.Messages, FolderMessagesTests.Entries(1_000_001, 1, 9));
        ViewChange.Between(folder.Messages, now);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        var change = ViewChange.Between(folder.Messages, now);
        output.WriteLine($"sync: {Stopwatch.GetElapsedTime(started).TotalMicroseconds:F1} µs");
        Assert.Equal(1, change.Added);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 1, 4096);
    }

    [Fact]
    public void A_mailbox_at_rest_takes_little_memory()
    {
        const int Count = 2_000;
        var kept = new object[Count];
        Build(0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Count; i++) Build(i);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
        GC.KeepAlive(kept);
        output.WriteLine($"a mailbox of six folders at rest, without what Orleans keeps of it: {each} bytes");
        Assert.InRange(each, 1_000, 3_000);

        // As the store gives it: every string is an object of its own.
        void Build(int index)
        {
            string[] names = [.. new[] { "INBOX", "Drafts", "Sent", "Junk", "Trash", "Archive" }.Select(name => new string(name.AsSpan()))];
            var rows = names.Select((name, i) => new FolderRow
            {
                Id = new FolderId(i + 1),
                Path = name,
                SpecialUse = i == 0 ? null : new string(name.AsSpan()),
                UidValidity = 1,
                UidNext = 1,
                HighestModSeq = 1,
            });
            var claim = new MailboxClaim(Account, 1, MailboxHead.Empty, [.. rows], [], [.. names.Select(name => new string(name.AsSpan()))]);
            var pipeline = new CommitPipeline(Account, null!, null!, NullLogger.Instance);
            kept[index] = (
                MailboxState.Of(claim), pipeline, new SessionTable(Account, 100, TimeProvider.System, NullLogger.Instance),
                new OperationMemory(TimeProvider.System), new FolderLoader(Account, null!, pipeline, () => Task.CompletedTask, NullLogger.Instance));
        }
    }

    private static (MailboxState After, MailboxCommit Commit) MoveAll(MailboxState state)
    {
        var turn = Turn(state);
        var slices = turn.Folder(FolderId.Inbox).Messages.SlicesOfUids(UidSet.Between(1, 10_000));
        CopyTurn.Apply(turn, FolderId.Inbox, new FolderId(2), slices, move: true);
        return turn.Build(_ => 0);
    }

    private static (TimeSpan Time, long Bytes) CostOfAppends(MailboxState state)
    {
        var delivery = TestMailbox.Delivery();
        var message = new IncomingMessage(delivery.Content, delivery.Prefix, default, default, 0);
        var best = TimeSpan.MaxValue;
        long bytes = 0;
        for (var round = 0; round < 20; round++)
        {
            var after = state;
            var (started, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            for (var i = 0; i < 1000; i++)
            {
                var turn = Turn(after);
                var arrivals = ArrivalTurn.Apply(turn, FolderId.Inbox, [message]);
                ArrivalEvents.New(turn, turn.Folder(FolderId.Inbox), arrivals[0], delivery);
                (after, _) = turn.Build(_ => 0);
            }

            var took = Stopwatch.GetElapsedTime(started);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / 1000;
            if (took < best) best = took;
        }

        return (best, bytes);
    }

    private static MailboxTurn Turn(MailboxState state) =>
        new(state, Account, 1, new TurnOrigin(SessionId.None, TestMailbox.Imap, TimeProvider.System.GetUtcNow()), new MailboxLimits());

    private static MailboxState MailboxWith(int messages)
    {
        var empty = MailboxState.Of(new MailboxClaim(Account, 1, MailboxHead.Empty, [], [], []));
        var turn = Turn(empty);
        FolderTurn.CreateMailbox(turn);
        ArrivalTurn.Enter(turn, turn.Folder(FolderId.Inbox), FolderMessagesTests.Entries(1, messages, turn.ModSeq));
        return turn.Build(_ => 0).After;
    }
}
