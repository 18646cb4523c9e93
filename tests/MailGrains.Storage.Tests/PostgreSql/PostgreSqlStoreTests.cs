using System.Diagnostics.Metrics;
using MailGrains.Model;
using MailGrains.Storage.Commit;
using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;
using Npgsql;
using Xunit;

namespace MailGrains.Storage.Tests.PostgreSql;

/// <summary>What only a store on a database server can get wrong.</summary>
public sealed class PostgreSqlStoreTests(PostgresServer server) : IAsyncLifetime
{
    private string _database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await server.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Many_processes_may_open_a_new_store_at_once()
    {
        var stores = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => PostgreSqlStore.OpenAsync(new() { ConnectionString = _database, Partitions = i }, cancellation: Cancellation)));
        Assert.Single(stores.Select(s => s.Partitions).Distinct());
        foreach (var store in stores) await store.DisposeAsync();
        await using var again = await OpenAsync();
        Assert.Equal(stores[0].Partitions, again.Partitions);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused_clearly()
    {
        await (await OpenAsync()).DisposeAsync();
        await PostgresServer.ExecuteAsync(
            _database, "INSERT INTO mailgrains.migrations_applied (scriptname, applied) VALUES ('9999-future.sql', now())");
        var refusal = await Assert.ThrowsAsync<StoreOpenException>(OpenAsync);
        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("9999-future.sql", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_would_lose_acknowledged_mail_is_refused_unless_told_otherwise()
    {
        await PostgresServer.ExecuteAsync(_database, $"ALTER DATABASE {new NpgsqlConnectionStringBuilder(_database).Database} SET synchronous_commit = off");
        var refusal = await Assert.ThrowsAsync<StoreOpenException>(OpenAsync);
        Assert.Contains("synchronous_commit is off", refusal.Message, StringComparison.Ordinal);
        Assert.False(refusal.MayPass);
        await using var trial = await PostgreSqlStore.OpenAsync(new() { ConnectionString = _database, AllowUnsafeServer = true }, cancellation: Cancellation);
        Assert.Equal(8, trial.Partitions);
    }

    [Theory]
    [InlineData("Port", "1", true)]
    [InlineData("Host", "no-such-host.invalid", true)]
    [InlineData("Database", "nowhere", false)]
    [InlineData("Username", "nobody", false)]
    [InlineData("SSL Mode", "Require", false)]
    public async Task What_is_in_the_way_is_one_clear_line_that_says_whether_waiting_may_help(string keyword, string value, bool mayPass)
    {
        var wrong = new NpgsqlConnectionStringBuilder(_database) { [keyword] = value }.ConnectionString;
        var refusal = await Assert.ThrowsAsync<StoreOpenException>(() => OpenAtAsync(wrong));
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(mayPass, refusal.MayPass);
    }

    [Fact]
    public async Task A_server_without_room_for_one_more_connection_may_have_some_later()
    {
        var database = new NpgsqlConnectionStringBuilder(_database).Database;
        await PostgresServer.ExecuteAsync(_database, $"CREATE ROLE crowd_{database} LOGIN CONNECTION LIMIT 0");
        var crowded = new NpgsqlConnectionStringBuilder(_database) { Username = $"crowd_{database}" }.ConnectionString;
        var refusal = await Assert.ThrowsAsync<StoreOpenException>(() => OpenAtAsync(crowded));
        Assert.True(refusal.MayPass);
    }

    [Fact]
    public async Task Everything_lies_in_the_schema_that_was_asked_for()
    {
        var chosen = new NpgsqlConnectionStringBuilder(_database) { SearchPath = "post" }.ConnectionString;
        await using var store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = chosen }, cancellation: Cancellation);
        await MailboxAsync(store);
        var elsewhere = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'post')";
        Assert.Equal(0, await PostgresServer.ScalarAsync<long>(_database, elsewhere));
        Assert.Equal(1, await PostgresServer.ScalarAsync<long>(_database, "SELECT count(*) FROM post.mailbox"));
    }

    [Fact]
    public async Task Two_processes_share_one_event_log_without_gaps_and_fence_each_other()
    {
        await using var one = await OpenAsync();
        await using var two = await OpenAsync();
        await Task.WhenAll(WriteAsync(one), WriteAsync(two), WriteAsync(one), WriteAsync(two));
        for (var partition = 0; partition < one.Partitions; partition++)
        {
            var log = await one.ReadAsync(partition, 0, 1000, Cancellation);
            Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log.Select(e => e.Position));
        }

        var stale = await MailboxAsync(one);
        var owner = await MailboxActor.ClaimAsync(two, stale.Account);
        Assert.Equal([CommitOutcome.Fenced], await one.CommitAsync([stale.CreateFolder("Zombie")], Cancellation));
        Assert.Equal([CommitOutcome.Committed], await two.CommitAsync([owner.CreateFolder("A")], Cancellation));
        // A process that never claimed the mailbox can write to it under the right epoch all the same.
        Assert.Equal([CommitOutcome.Committed], await one.CommitAsync([owner.CreateFolder("B")], Cancellation));

        async Task WriteAsync(PostgreSqlStore store)
        {
            var (a, b) = (await MailboxAsync(store), await MailboxAsync(store));
            for (var i = 0; i < 20; i++) await store.CommitAsync([a.Deliver(FolderId.Inbox), b.Deliver(FolderId.Inbox)], Cancellation);
        }
    }

    [Fact]
    public async Task A_commit_without_its_body_is_impossible_and_leaves_nothing()
    {
        await using var store = await OpenAsync();
        var (good, bad) = (await MailboxAsync(store), await MailboxAsync(store));
        var broken = bad.Deliver(FolderId.Inbox).InDatabase();

        await Assert.ThrowsAsync<PostgresException>(() => store.CommitAsync([good.Deliver(FolderId.Inbox), broken], Cancellation));

        Assert.Single(await store.ReadMailboxAsync(bad.Account, 0, 10, Cancellation));
        Assert.Single(await store.ReadMailboxAsync(good.Account, 0, 10, Cancellation));
        await store.Bodies.AppendAsync(broken.Emails[0].Blob, BodyOf(bad, 1), Cancellation);
        await store.Bodies.FlushAsync(Cancellation);
        Assert.Equal([CommitOutcome.Committed], await store.CommitAsync([broken], Cancellation));
    }

    [Fact]
    public async Task A_body_counts_who_uses_it_and_when_nobody_did_any_more()
    {
        await using var store = await OpenAsync();
        var (one, two) = (await MailboxAsync(store), await MailboxAsync(store));
        var body = SampleBodies.Text(20_000);
        await store.Bodies.AppendAsync(BlobId.Of(body), body, Cancellation);
        await store.Bodies.FlushAsync(Cancellation);
        await store.CommitAsync([one.Deliver(FolderId.Inbox, body).InDatabase(), two.Deliver(FolderId.Inbox, body).InDatabase()], Cancellation);
        Assert.Equal(2, await UsersAsync());

        // One goes while another comes.
        await store.CommitAsync([one.Expunge(FolderId.Inbox, [1]), two.Deliver(FolderId.Inbox, body).InDatabase()], Cancellation);
        Assert.Equal(2, await UsersAsync());
        await PostgresServer.ExecuteAsync(_database, "UPDATE mailgrains.body SET touched = 0");
        await store.CommitAsync([two.Expunge(FolderId.Inbox, [1, 2])], Cancellation);
        Assert.Equal(0, await UsersAsync());
        Assert.True(await PostgresServer.ScalarAsync<bool>(_database, "SELECT touched > 0 FROM mailgrains.body"));

        Task<int> UsersAsync() => PostgresServer.ScalarAsync<int>(_database, "SELECT emails FROM mailgrains.body");
    }

    [Fact]
    public async Task A_damaged_body_is_reported_and_never_shown()
    {
        await using var store = await OpenAsync();
        var body = SampleBodies.Noise(5000);
        var locator = await store.Bodies.AppendAsync(BlobId.Of(body), body, Cancellation);
        await store.Bodies.FlushAsync(Cancellation);
        await PostgresServer.ExecuteAsync(_database, "UPDATE mailgrains.body_data SET data = set_byte(data, 100, (get_byte(data, 100) + 1) % 256)");
        await Assert.ThrowsAsync<Bodies.BodyCorruptException>(() => store.Bodies.ReadAsync(BlobId.Of(body), locator, Cancellation).AsTask());
    }

    [Fact]
    public async Task Each_thing_is_one_round_trip()
    {
        await using var store = await OpenAsync();
        using var trips = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "mailgrains.storage.roundtrips" && instrument.Meter.Scope == store) listener.EnableMeasurementEvents(instrument);
            },
        };
        var counted = 0L;
        trips.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, value));
        trips.Start();

        var actor = await MailboxActor.ClaimAsync(store, new AccountId(Guid.NewGuid()));
        await AssertTripsAsync(0, Task.CompletedTask);
        await AssertTripsAsync(1, store.CommitAsync([actor.CreateFolder("INBOX")], Cancellation));
        await AssertTripsAsync(1, DeliverBodyAsync());
        await AssertTripsAsync(1, store.CommitAsync([actor.Deliver(FolderId.Inbox).InDatabase(), actor.SetFlags(FolderId.Inbox, [1], MessageFlags.Seen)], Cancellation));
        await AssertTripsAsync(1, store.ReadPagesAsync(actor.Account, FolderId.Inbox, 0, 9, Cancellation));
        await AssertTripsAsync(1, store.ReadEmailsAsync(actor.Account, new EmailId[] { new(1), new(2) }, Cancellation).AsTask());
        await AssertTripsAsync(1, store.ReadMailboxAsync(actor.Account, Cancellation));
        await AssertTripsAsync(1, store.ClaimAsync(actor.Account, Cancellation));

        async Task DeliverBodyAsync()
        {
            await store.Bodies.AppendAsync(BlobId.Of(BodyOf(actor, 1)), BodyOf(actor, 1), Cancellation);
            await store.Bodies.FlushAsync(Cancellation);
        }

        async Task AssertTripsAsync(long expected, Task done)
        {
            await done;
            if (expected > 0) Assert.Equal(expected, Interlocked.Read(ref counted));
            Interlocked.Exchange(ref counted, 0);
        }
    }

    [Fact]
    public async Task No_statement_reads_a_whole_table_however_small_it_is()
    {
        await (await OpenAsync()).DisposeAsync();
        var scanned = "SELECT coalesce(string_agg(relname || ' ' || seq_scan, ', ' ORDER BY relname), '') FROM pg_stat_user_tables " +
            "WHERE relname NOT IN ('meta', 'writer') AND relname NOT LIKE '%_applied' AND relname NOT LIKE 'orleans%' AND seq_scan > 0";
        var before = await PostgresServer.ScalarAsync<string>(_database, scanned);

        await using (var store = await OpenAsync())
        {
            var (one, two) = (await MailboxAsync(store), await MailboxAsync(store));
            var body = SampleBodies.Noise(100_000);
            await store.Bodies.AppendAsync(BlobId.Of(body), body, Cancellation);
            await store.Bodies.FlushAsync(Cancellation);
            MailboxCommit[] first = [one.CreateFolder("A"), one.Deliver(FolderId.Inbox, body).InDatabase(), one.Deliver(FolderId.Inbox), one.Copy(FolderId.Inbox, 1, FolderId.Inbox)];
            await store.CommitAsync(first, Cancellation);
            MailboxCommit[] second =
            [
                one.Expunge(FolderId.Inbox, [1, 2, 3]), two.Deliver(FolderId.Inbox), two.Deliver(FolderId.Inbox, body).InDatabase(), one.DeleteFolder(new FolderId(2)),
                two.AddKeyword("$Junk"), two.Subscribe("INBOX", true), two.Subscribe("Old", false), two.ForgetExpunges(FolderId.Inbox, 1),
                two.Deliver(FolderId.Inbox, operation: new OperationId(BlobId.Of(body))),
            ];
            await store.CommitAsync(second, Cancellation);
            await store.ReadMailboxAsync(one.Account, Cancellation);
            await store.ReadPagesAsync(two.Account, FolderId.Inbox, 0, 9, Cancellation);
            await store.ReadExpungedAsync(one.Account, FolderId.Inbox, 0, Cancellation);
            await store.ReadEmailsAsync(two.Account, new EmailId[] { new(1), new(2) }, Cancellation);
            await store.FindAsync(BlobId.Of(body), Cancellation);
            await store.FindOperationAsync(two.Account, new OperationId(BlobId.Of(body)), Cancellation);
            await store.ReadAsync(0, 0, 10, Cancellation);
            await store.ReadMailboxAsync(one.Account, 0, 10, Cancellation);
            await store.ListMailboxesAsync(one.Account, 10, Cancellation);
            await store.ForgetOperationsAsync(MailboxActor.Now.AddSeconds(1), Cancellation);
            var places = await store.Packs.ReadPackAsync(second[1].Emails[0].Body.Pack, 10, Cancellation);
            await store.Packs.ReadUseAsync([1, 2, places[0].Locator.Pack], Cancellation);
            await store.Packs.MoveAsync([new(places[0].Blob, places[0].Locator, places[0].Locator with { Pack = 1000 })], Cancellation);
            Assert.True(await store.Packs.TryRetireAsync(1001, Cancellation));
            await store.UnusedBodies.LookAsync(0, 10, TimeSpan.Zero, Cancellation);
            await store.UnusedBodies.DeleteAsync([BlobId.Of(body)], TimeSpan.Zero, Cancellation);
            await store.ClaimAsync(one.Account, Cancellation);
        }

        // The server's counters are written when connections close.
        while (await PostgresServer.ScalarAsync<long>(_database, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'MailGrains'") > 0)
            Cancellation.ThrowIfCancellationRequested();
        Assert.True(await PostgresServer.ScalarAsync<long>(_database, "SELECT sum(idx_scan)::bigint FROM pg_stat_user_tables WHERE relname = 'body'") > 0);
        Assert.Equal(before, await PostgresServer.ScalarAsync<string>(_database, scanned));
    }

    [Fact]
    public async Task A_closed_store_answers_unavailable()
    {
        var store = await OpenAsync();
        var actor = await MailboxAsync(store);
        await store.DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ClaimAsync(actor.Account, Cancellation));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync([actor.CreateFolder("A")], Cancellation));
    }

    private Task<PostgreSqlStore> OpenAsync() => OpenAtAsync(_database);

    private static Task<PostgreSqlStore> OpenAtAsync(string database) =>
        PostgreSqlStore.OpenAsync(new() { ConnectionString = database }, cancellation: Cancellation);

    private static async Task<MailboxActor> MailboxAsync(PostgreSqlStore store)
    {
        var actor = await MailboxActor.ClaimAsync(store, new AccountId(Guid.NewGuid()));
        await store.CommitAsync([actor.CreateFolder("INBOX")], Cancellation);
        return actor;
    }

    /// <summary>The body that the actor makes up for its n-th message.</summary>
    private static byte[] BodyOf(MailboxActor actor, int email) =>
        System.Text.Encoding.ASCII.GetBytes($"Subject: {actor.Account} {email}\r\n\r\nHello\r\n");
}
