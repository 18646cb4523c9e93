using CsCheck;
using MailGrains.Model;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Mailboxes;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>
/// Random changes of a few mailboxes, in random groups and with takeovers in between, leave an engine in the same state as the in-memory
/// engine, in all that can be read from it.
/// </summary>
public abstract class ModelContract
{
    private static readonly Gen<(int Mailbox, int Kind, int Pick)> Step = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 12], Gen.Int[0, 1000]);

    /// <summary>A new store, in the folder if it keeps its data in one.</summary>
    protected abstract Task<StoreHarness> OpenAsync(TemporaryFolder folder);

    [Fact]
    public Task Random_groups_of_commits_do_what_the_reference_engine_does() =>
        Step.Array[1, 12].Array[1, 12].SampleAsync(RunAsync, iter: 60, threads: 2);

    private async Task RunAsync((int Mailbox, int Kind, int Pick)[][] groups)
    {
        using var folder = new TemporaryFolder();
        await using var engine = await OpenAsync(folder);
        var reference = StoreHarness.Of(new InMemoryMailboxStore(engine.Events.Partitions));
        var actors = new List<MailboxActor>();
        for (var i = 0; i < 3; i++)
        {
            var account = new AccountId(Guid.NewGuid());
            await engine.Mailboxes.ClaimAsync(account, CancellationToken.None);
            actors.Add(await MailboxActor.ClaimAsync(reference.Mailboxes, account));
            await CommitAsync(engine, reference, [actors[i].CreateFolder("INBOX"), actors[i].CreateFolder("Second")]);
        }

        foreach (var group in groups) await CommitAsync(engine, reference, [.. group.Select(s => Change(actors, s)).OfType<MailboxCommit>()]);
        foreach (var actor in actors) await AssertSameAsync(engine, reference, actor);
        for (var partition = 0; partition < engine.Events.Partitions; partition++)
            Assert.Equal(Print(await Log(reference, partition)), Print(await Log(engine, partition)));
    }

    private static MailboxCommit? Change(List<MailboxActor> actors, (int Mailbox, int Kind, int Pick) step)
    {
        var actor = actors[step.Mailbox];
        var folders = actor.Folders.Select(f => f.Id).ToArray();
        var folder = folders[step.Pick % folders.Length];
        var uids = actor.Uids(folder);
        var some = uids.Where(u => (u + step.Pick) % 3 == 0).ToArray();
        return step.Kind switch
        {
            0 or 1 or 2 or 3 => actor.Deliver(folder, operation: step.Pick % 4 == 0 ? new OperationId(BlobId.Of([(byte)step.Pick])) : null),
            4 when uids.Count > 0 => actor.Copy(folder, uids[step.Pick % uids.Count], folders[0]),
            5 when some.Length > 0 => actor.Expunge(folder, some),
            6 when uids.Count > 0 => actor.Expunge(folder, uids),
            7 when some.Length > 0 => actor.SetFlags(folder, some, new MessageFlags((ulong)step.Pick, 0)),
            8 => actor.CreateFolder($"Folder {step.Pick}"),
            9 when folder != FolderId.Inbox => actor.DeleteFolder(folder),
            10 => actor.Subscribe($"S{step.Pick % 5}", step.Pick % 2 == 0),
            11 => actor.ForgetExpunges(folder, actor.Head.ModSeq - (step.Pick % 10)),
            12 => new MailboxActor(new MailboxClaim(actor.Account, actor.Epoch - 1, actor.Head, [], [], [])).CreateFolder("Zombie"),
            _ => null,
        };
    }

    private static async Task CommitAsync(StoreHarness engine, StoreHarness reference, MailboxCommit[] group)
    {
        var expected = await reference.Mailboxes.CommitAsync(group, CancellationToken.None);
        Assert.Equal(expected, await engine.Mailboxes.CommitAsync(group, CancellationToken.None));
    }

    private static async Task AssertSameAsync(StoreHarness engine, StoreHarness reference, MailboxActor actor)
    {
        var none = CancellationToken.None;
        foreach (var folder in Enumerable.Range(1, actor.Head.LastFolder).Select(i => new FolderId(i)))
        {
            var expected = await reference.Mailboxes.ReadPagesAsync(actor.Account, folder, 0, int.MaxValue, none);
            var actual = await engine.Mailboxes.ReadPagesAsync(actor.Account, folder, 0, int.MaxValue, none);
            Assert.Equal(expected.Select(PageCodec.Encode), actual.Select(PageCodec.Encode));
            for (var since = 0; since <= actor.Head.ModSeq; since += 3)
            {
                Assert.Equal(
                    (await reference.Mailboxes.ReadExpungedAsync(actor.Account, folder, since, none)).ToString(),
                    (await engine.Mailboxes.ReadExpungedAsync(actor.Account, folder, since, none)).ToString());
            }
        }

        var ids = Enumerable.Range(1, (int)actor.Head.LastEmail + 1).Select(i => new EmailId(i)).ToArray();
        Assert.Equal(
            (await reference.Emails.ReadEmailsAsync(actor.Account, ids, none)).Select(Print),
            (await engine.Emails.ReadEmailsAsync(actor.Account, ids, none)).Select(Print));
        for (var i = 0; i < 256; i++)
        {
            var id = new OperationId(BlobId.Of([(byte)i]));
            var expected = await reference.Mailboxes.FindOperationAsync(actor.Account, id, none);
            Assert.Equal(expected?.ToArray(), (await engine.Mailboxes.FindOperationAsync(actor.Account, id, none))?.ToArray());
        }

        var (a, b) = (await reference.Mailboxes.ClaimAsync(actor.Account, none), await engine.Mailboxes.ClaimAsync(actor.Account, none));
        Assert.Equal((a.Epoch, a.Head), (b.Epoch, b.Head));
        Assert.Equal(a.Folders, b.Folders);
        Assert.Equal(a.Subscriptions, b.Subscriptions);
    }

    private static Task<IReadOnlyList<EventRecord>> Log(StoreHarness store, int partition) =>
        store.Events.ReadAsync(partition, 0, 10_000, CancellationToken.None);

    private static string Print(EmailRecord? record) => record is null
        ? "gone"
        : $"{record.Id} {record.Blob} {record.Body} {Convert.ToHexString(record.Prefix.Span)} {Convert.ToHexString(record.Summary.Span)}";

    private static string Print(IReadOnlyList<EventRecord> log) => string.Join('\n', log.Select(e =>
        $"{e.Position} {e.Account} {e.Event.Sequence} {e.Event.Type} {e.Event.At:O} {e.Event.Hash} {Convert.ToHexString(e.Event.Payload.Span)}"));
}
