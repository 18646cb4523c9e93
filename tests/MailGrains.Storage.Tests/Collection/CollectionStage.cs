using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Sqlite;
using MailGrains.Storage.Tests.Packs;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MailGrains.Storage.Tests.Collection;

/// <summary>
/// A mailbox on SQLite whose bodies lie in tiny packs on a disk in memory, and what is known to be in it. A crash drops all that was not flushed and
/// all that the process knew.
/// </summary>
internal sealed class CollectionStage : IAsyncDisposable
{
    /// <summary>After this time what is unused now is collected.</summary>
    public static readonly TimeSpan Due = TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1);

    private static readonly PackOptions Tiny = new() { PackBytes = 8 << 10 };

    private readonly TemporaryFolder _folder = new();
    private readonly IReadOnlyList<IBodyRetention> _retentions;
    private readonly Dictionary<uint, byte[]> _bodies = [];
    private SqliteMailboxStore _store = null!;
    private PackStoreFixture _packs = null!;
    private Committer _committer = null!;
    private MailboxActor _actor = null!;
    private uint _next = 1;

    private CollectionStage(IReadOnlyList<IBodyRetention> retentions) => _retentions = retentions;

    public MemoryPackFiles Disk { get; private set; } = new();

    public FakeTimeProvider Time { get; } = new(MailboxActor.Now);

    public BodyCollector Collector { get; private set; } = null!;

    public IBodyCatalog Catalog => _store;

    public PackBodyStore Packs => _packs.Store;

    /// <summary>UIDs of the messages that are there.</summary>
    public IReadOnlyList<uint> Uids => [.. _bodies.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<CollectionStage> OpenAsync(params IBodyRetention[] retentions)
    {
        var stage = new CollectionStage(retentions);
        stage.Start(static catalog => catalog);
        stage._actor = await MailboxActor.ClaimAsync(stage._store, new AccountId(Guid.NewGuid()));
        await stage._committer.CommitAsync(stage._actor.CreateFolder("INBOX"));
        return stage;
    }

    /// <summary>A body of some 1 KB that compression doesn't shrink.</summary>
    public static byte[] Body(int number) => SampleBodies.Noise(1_000, number);

    public async Task<BodyLocator> AppendAsync(byte[] body) => await _packs.AppendAsync(body);

    /// <summary>Commits a message with a body that was appended.</summary>
    public async Task CommitAsync(byte[] body, BodyLocator locator)
    {
        await _committer.CommitAsync(_actor.Deliver(FolderId.Inbox, body).At(locator));
        _bodies[_next++] = body;
    }

    public async Task DeliverAsync(byte[] body) => await CommitAsync(body, await AppendAsync(body));

    public async Task ExpungeAsync(params uint[] uids)
    {
        await _committer.CommitAsync(_actor.Expunge(FolderId.Inbox, uids));
        foreach (var uid in uids) _bodies.Remove(uid);
    }

    /// <summary>The mailbox loses a commit and goes on: its owner claims it again.</summary>
    public async Task ClaimAgainAsync() => _actor = _actor.Again(await _store.ClaimAsync(_actor.Account, Cancellation));

    /// <summary>So many passes, and the time in between that makes everything due.</summary>
    public async Task<CollectionReport> PassAsync(int passes = 1)
    {
        CollectionReport sum = default;
        for (var i = 0; i < passes; i++)
        {
            var report = await Collector.RunAsync(Cancellation);
            sum = new(sum.Forgotten + report.Forgotten, sum.Moved + report.Moved, sum.Retired + report.Retired, sum.Deleted + report.Deleted);
            Time.Advance(TimeSpan.FromHours(1));
        }

        return sum;
    }

    public async Task CrashAsync(Func<IBodyCatalog, IBodyCatalog>? around = null)
    {
        var after = Disk.AfterCrash();
        await CloseAsync();
        Disk = after;
        Start(around ?? (static catalog => catalog));
        await ClaimAgainAsync();
    }

    public long BytesOnDisk() => Packs.Packs().Sum(p => p.Bytes);

    /// <summary>Every message's body is whole where the index says; nothing else in the index is lost either.</summary>
    public async Task AssertWholeAsync()
    {
        foreach (var body in _bodies.Values)
        {
            var locator = await _store.FindAsync(BlobId.Of(body), Cancellation);
            Assert.NotNull(locator);
            Assert.Equal(body, await _packs.ReadAsync(body, locator.Value));
        }

        foreach (var use in await _store.ReadUseAsync([.. Packs.Packs().Select(p => p.Pack)], Cancellation))
        {
            foreach (var stored in await _store.ReadPackAsync(use.Pack, int.MaxValue, Cancellation))
                (await Packs.ReadAsync(stored.Blob, stored.Locator, Cancellation)).Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    private void Start(Func<IBodyCatalog, IBodyCatalog> around)
    {
        _store = SqliteMailboxStore.Open(new SqliteStoreOptions { Folder = _folder.Path, Partitions = 1 });
        _packs = new PackStoreFixture(Disk, Tiny, _store);
        _committer = new Committer(_store, _packs.Store, NullLogger<Committer>.Instance);
        var options = new BodyCollectionOptions { CollectAfter = TimeSpan.FromDays(7), BytesPerSecond = 0, Batch = 4 };
        Collector = new BodyCollector(_packs.Store, around(_store), _retentions, options, Time, NullLogger<BodyCollector>.Instance);
    }

    private async Task CloseAsync()
    {
        await _committer.DisposeAsync();
        await _packs.DisposeAsync();
        await _store.DisposeAsync();
    }
}
