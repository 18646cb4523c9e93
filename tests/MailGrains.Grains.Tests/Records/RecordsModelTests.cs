using CsCheck;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Tests.Mailboxes;
using MailGrains.Model;
using MailGrains.Records;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Records;
using MailGrains.Storage.Sqlite.Records;
using MailGrains.Subscribers;
using MailGrains.TestKit;

namespace MailGrains.Grains.Tests.Records;

/// <summary>
/// Random lives of a mailbox through its grain. What a client saw after each step is what the records, derived from the log alone, have of that moment:
/// folders, UIDs, EMAILIDs, flags.
/// </summary>
public sealed class RecordsModelTests(MailboxCluster cluster)
{
    private static readonly string[] Paths = ["INBOX", "Archive", "Trash", "x", "x/y", "z"];
    private static readonly string[] Flags = [@"\Seen", @"\Deleted", @"\Flagged", "$a", "$b"];

    private readonly record struct Step(int Act, int Path, int Other, int First, int Count, int Choice);

    private sealed record Seen(EventWrite Last, string View);

    private static readonly Gen<Step> Steps =
        from act in Gen.Int[0, 99]
        from path in Gen.Int[0, Paths.Length - 1]
        from other in Gen.Int[0, Paths.Length - 1]
        from first in Gen.Int[1, 12]
        from count in Gen.Int[0, 8]
        from choice in Gen.Int[0, 1023]
        select new Step(act, path, other, first, count, choice);

    [Fact]
    public Task What_a_client_saw_at_any_moment_is_what_the_records_have_of_it() =>
        Steps.Array[10, 50].SampleAsync(steps => PlayAsync(steps, sqlite: steps.Length % 2 == 0), iter: 40, threads: 1);

    private async Task PlayAsync(Step[] steps, bool sqlite)
    {
        var mailbox = cluster.NewMailbox();
        var (client, viewer) = (await mailbox.OpenAsync(), await mailbox.OpenAsync());
        var seen = new List<Seen> { await SeeAsync(mailbox, viewer) };
        foreach (var step in steps)
        {
            await PlayAsync(mailbox, client, step);
            seen.Add(await SeeAsync(mailbox, viewer));
        }

        using var folder = new TemporaryFolder();
        await using var file = sqlite ? SqliteRecords.Open(Path.Combine(folder.Path, "records.db")) : null;
        IRecordStore store = file is null ? new InMemoryRecordStore() : file;
        await RecordAsync(store, mailbox, steps.Length);

        var records = new MailboxRecords(store);
        var events = await mailbox.EventsAsync();
        foreach (var (last, view) in seen)
        {
            Assert.Equal(view, await MailboxView.AsOfAsync(records, mailbox.Account, Moment.After(last.Sequence)));

            // By its time too, where the next event has a later one.
            if (events.Skip((int)last.Sequence).All(e => EventHash.Microseconds(e.At) > EventHash.Microseconds(last.At)))
                Assert.Equal(view, await MailboxView.AsOfAsync(records, mailbox.Account, Moment.Of(last.At)));
        }

        Assert.Empty(await store.ReadUnreadAsync(mailbox.Account, CancellationToken.None));
    }

    private async Task RecordAsync(IRecordStore store, TestMailbox mailbox, int batchSize)
    {
        var log = new OneMailboxLog(cluster.Store, mailbox.Account);
        var handler = new RecordsHandler("records", store, log);
        while (await log.ReadAsync(0, await store.ReadProgressAsync("records", 0, CancellationToken.None), batchSize, CancellationToken.None) is { Count: > 0 } next)
            await handler.HandleAsync(new EventBatch(next, redriven: false, null!, Interests.None), CancellationToken.None);
    }

    private static async Task<Seen> SeeAsync(TestMailbox mailbox, SessionId viewer)
    {
        var view = await MailboxView.NowAsync(mailbox.Grain, viewer);
        return new Seen((await mailbox.EventsAsync())[^1], view);
    }

    /// <summary>What the mailbox refuses leaves nothing, and nothing to compare.</summary>
    private static async Task PlayAsync(TestMailbox mailbox, SessionId client, Step step)
    {
        try
        {
            await ActAsync(mailbox, client, step, Paths[step.Path], Paths[step.Other]);
        }
        catch (MailboxException)
        {
        }
    }

    private static async Task ActAsync(TestMailbox mailbox, SessionId client, Step step, string path, string other)
    {
        var grain = mailbox.Grain;
        var uids = TestMailbox.Set((uint)step.First, (uint)(step.First + step.Count));
        switch (step.Act)
        {
            case < 20: await mailbox.AppendAsync(client, path, step.Count % 4 + 1, FlagsOf(step.Choice)); break;
            case < 30: await grain.DeliverAsync(TestMailbox.Delivery(path)); break;
            case < 50:
                await grain.SelectAsync(client, new SelectRequest(path));
                await mailbox.StoreAsync(client, uids, (StoreMode)(step.Choice % 3), FlagsOf(step.Choice >> 3));
                break;
            case < 60:
                await grain.SelectAsync(client, new SelectRequest(path));
                await grain.ExpungeAsync(client, new ExpungeRequest(step.Choice % 2 == 0 ? uids : null));
                break;
            case < 80:
                await grain.SelectAsync(client, new SelectRequest(path));
                await grain.CopyAsync(client, new CopyRequest(uids, ByUid: true, other, Move: step.Choice % 2 == 0));
                break;
            case < 88: await grain.CreateFolderAsync(client, path, null); break;
            case < 93: await grain.DeleteFolderAsync(client, path); break;
            case < 98: await grain.RenameFolderAsync(client, path, other); break;
            default: await grain.SubscribeAsync(client, path, step.Choice % 2 == 0); break;
        }
    }

    private static string[] FlagsOf(int choice) => [.. Flags.Where((_, i) => (choice >> i & 1) == 1)];
}
