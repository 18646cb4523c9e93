using MailGrains.Model;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Sqlite;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MailGrains.Storage.Tests.Sqlite;

/// <summary>What only a store on disk can get wrong.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_opening_of_the_same_folder_is_refused_clearly()
    {
        await using var store = Open();
        var refusal = Assert.Throws<StoreOpenException>(() => Open());
        Assert.Contains("in use by another process", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused_clearly_and_unlocked_again()
    {
        await Open().DisposeAsync();
        Execute("INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('9999-future.sql', '2099-01-01')");

        var refusal = Assert.Throws<StoreOpenException>(() => Open());
        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("9999-future.sql", refusal.Message, StringComparison.Ordinal);

        Execute("DELETE FROM SchemaVersions WHERE ScriptName = '9999-future.sql'");
        await Open().DisposeAsync();
    }

    [Fact]
    public async Task The_number_of_partitions_stays_as_created()
    {
        await Open(new() { Folder = _folder.Path, Partitions = 5 }).DisposeAsync();
        await using var store = Open(new() { Folder = _folder.Path, Partitions = 8 });
        Assert.Equal(5, store.Partitions);
    }

    [Fact]
    public async Task A_full_disk_fails_the_group_whole_leaves_reads_alone_and_heals_by_itself()
    {
        await using var store = Open();
        var actor = await MailboxAsync(store);
        var before = actor.Head;
        store.Writer.LimitPages(1);
        var refused = Enumerable.Range(0, 20).Select(_ => actor.Deliver(FolderId.Inbox, summary: new byte[4000])).ToArray();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(refused, Cancellation));

        Assert.Empty(await store.ReadPagesAsync(actor.Account, FolderId.Inbox, 0, 10, Cancellation));
        Assert.Equal([null], await store.ReadEmailsAsync(actor.Account, new EmailId[] { new(1) }, Cancellation));
        Assert.Single(await store.ReadMailboxAsync(actor.Account, 0, 100, Cancellation));

        store.Writer.LimitPages(1 << 20);
        var owner = await MailboxActor.ClaimAsync(store, actor.Account);
        Assert.Equal(before, owner.Head);
        Assert.Equal([CommitOutcome.Committed], await store.CommitAsync([owner.Deliver(FolderId.Inbox)], Cancellation));
    }

    [Fact]
    public async Task Lost_bodies_are_no_failure_of_the_database()
    {
        var told = new ToldEvents();
        await using var store = SqliteMailboxStore.Open(new() { Folder = _folder.Path }, told);
        var actor = await MailboxAsync(store);
        var lost = new StoreUnavailableException("The packs are full.");
        Assert.Same(lost, await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.CommitAsync([actor.Deliver(FolderId.Inbox)], Task.FromException(lost), Cancellation)));

        Assert.Equal([2205], told.Ids(LogLevel.Warning));
        await store.CommitAsync([(await MailboxActor.ClaimAsync(store, actor.Account)).Deliver(FolderId.Inbox)], Cancellation);
        Assert.Equal([2205], told.Ids(LogLevel.Warning));
        Assert.DoesNotContain(2202, told.Ids(LogLevel.Information));
    }

    [Fact]
    public async Task A_commit_that_fails_at_the_last_moment_leaves_nothing_even_after_a_kill()
    {
        var failing = false;
        await using var store = Open(new()
        {
            Folder = _folder.Path,
            BeforeCommit = () => _ = Volatile.Read(ref failing) ? throw new IOException("fsync") : 0,
        });
        var actor = await MailboxAsync(store);
        var other = await MailboxAsync(store);
        var before = actor.Head;

        Volatile.Write(ref failing, true);
        var refused = new[] { actor.CreateFolder("Lost"), actor.Deliver(FolderId.Inbox), other.Deliver(FolderId.Inbox) };
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(refused, Cancellation));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ClaimAsync(actor.Account, Cancellation));
        using (var remains = _folder.CopyLive())
        {
            await using var restarted = Open(new() { Folder = remains.Path });
            Assert.Equal(before, (await restarted.ClaimAsync(actor.Account, Cancellation)).Head);
        }

        Volatile.Write(ref failing, false);
        var owner = await MailboxActor.ClaimAsync(store, actor.Account);
        Assert.Equal(before, owner.Head);
        await store.CommitAsync([owner.Deliver(FolderId.Inbox)], Cancellation);
        Assert.Equal(
            [1L, 2],
            (await store.ReadMailboxAsync(actor.Account, 0, 100, Cancellation)).Select(e => e.Event.Sequence));
        Assert.Null(await store.FindAsync(refused[2].Emails[0].Blob, Cancellation));
    }

    [Fact]
    public async Task One_broken_commit_fails_its_group_whole()
    {
        await using var store = Open();
        var (good, bad) = (await MailboxAsync(store), await MailboxAsync(store));
        var written = bad.CreateFolder("A");
        await store.CommitAsync([written], Cancellation);

        // The same event sequence again: the log refuses it. The store itself is well, and says nothing else.
        await Assert.ThrowsAsync<SqliteException>(() => store.CommitAsync([good.CreateFolder("B"), written], Cancellation));

        Assert.Equal(["INBOX"], (await store.ClaimAsync(good.Account, Cancellation)).Folders.Select(f => f.Path));
    }

    [Fact]
    public async Task A_broken_commit_costs_the_mailboxes_that_share_its_group_nothing()
    {
        using var gate = new ManualResetEventSlim(true);
        await using var store = Open(new() { Folder = _folder.Path, BeforeCommit = () => gate.Wait(Cancellation) });
        var (good, bad) = (await MailboxAsync(store), await MailboxAsync(store));
        var written = bad.CreateFolder("A");
        await store.CommitAsync([written], Cancellation);
        await using var committer = new Committer(store, new InMemoryBodyStore(), NullLogger<Committer>.Instance);

        // While the first is held the others gather in one group.
        gate.Reset();
        List<Task> sound = [committer.CommitAsync(good.CreateFolder("first"))];
        var broken = committer.CommitAsync(written);
        sound.AddRange(Enumerable.Range(0, 9).Select(i => committer.CommitAsync(good.CreateFolder($"B{i}"))));
        gate.Set();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => broken);
        await Task.WhenAll(sound);
        Assert.Equal(11, (await store.ClaimAsync(good.Account, Cancellation)).Folders.Count);
    }

    [Fact]
    public async Task The_write_ahead_log_stays_bounded_and_nothing_is_lost_by_copying_it()
    {
        const long Limit = 1 << 20;
        var options = new SqliteStoreOptions { Folder = _folder.Path, CheckpointBytes = Limit / 8, WalLimitBytes = Limit };
        MailboxActor actor;
        await using (var store = Open(options))
        {
            actor = await MailboxAsync(store);
            for (var i = 0; i < 100; i++)
                await store.CommitAsync([.. Enumerable.Range(0, 20).Select(_ => actor.Deliver(FolderId.Inbox, summary: new byte[2000]))], Cancellation);
            Assert.InRange(new FileInfo(Path.Combine(_folder.Path, "mailboxes.db-wal")).Length, 1, 2 * Limit);
        }

        await using var again = Open(options);
        Assert.Equal(2000, (await again.ReadPagesAsync(actor.Account, FolderId.Inbox, 0, int.MaxValue, Cancellation)).Sum(p => p.Count));
        Assert.Equal(2001, (await again.ReadMailboxAsync(actor.Account, 0, 5000, Cancellation)).Count);
    }

    [Fact]
    public async Task Many_claims_and_commits_at_once_all_get_their_own_answer()
    {
        await using var store = Open();
        var accounts = Enumerable.Range(0, 300).Select(_ => new AccountId(Guid.NewGuid())).ToArray();

        await Task.WhenAll(accounts.Select(async account =>
        {
            var actor = await MailboxActor.ClaimAsync(store, account);
            Assert.Equal(account, actor.Account);
            Assert.Equal([CommitOutcome.Committed], await store.CommitAsync([actor.CreateFolder("INBOX")], Cancellation));
        }));

        var events = 0;
        for (var partition = 0; partition < store.Partitions; partition++)
            events += (await store.ReadAsync(partition, 0, 1000, Cancellation)).Count;
        Assert.Equal(300, events);
    }

    [Fact]
    public async Task A_damaged_page_is_reported_and_never_shown()
    {
        MailboxActor actor;
        await using (var store = Open())
        {
            actor = await MailboxAsync(store);
            await store.CommitAsync([actor.Deliver(FolderId.Inbox), actor.CreateFolder("Whole"), actor.Deliver(new FolderId(2))], Cancellation);
        }

        Execute("UPDATE page SET data = CAST(substr(data, 1, 30) || x'99' || substr(data, 32) AS BLOB) WHERE key = (SELECT min(key) FROM page)");

        await using var again = Open();
        await Assert.ThrowsAsync<FormatCorruptException>(() => again.ReadPagesAsync(actor.Account, FolderId.Inbox, 0, 1, Cancellation));
        Assert.Single(await again.ReadPagesAsync(actor.Account, new FolderId(2), 0, 1, Cancellation));
    }

    [Fact]
    public async Task A_closed_store_answers_unavailable()
    {
        var store = Open();
        await store.DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ClaimAsync(new AccountId(Guid.NewGuid()), Cancellation));
    }

    private static SqliteMailboxStore Open(SqliteStoreOptions options) => SqliteMailboxStore.Open(options);

    private SqliteMailboxStore Open() => Open(new() { Folder = _folder.Path });

    private static async Task<MailboxActor> MailboxAsync(SqliteMailboxStore store)
    {
        var actor = await MailboxActor.ClaimAsync(store, new AccountId(Guid.NewGuid()));
        await store.CommitAsync([actor.CreateFolder("INBOX")], Cancellation);
        return actor;
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "mailboxes.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
