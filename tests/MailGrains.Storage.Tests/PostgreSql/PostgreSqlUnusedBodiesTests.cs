using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;
using Npgsql;
using Xunit;

namespace MailGrains.Storage.Tests.PostgreSql;

public sealed class PostgreSqlUnusedBodiesTests(PostgresServer server) : UnusedBodiesContract
{
    private static readonly byte[] Body = "Subject: one\r\n\r\n"u8.ToArray();

    private readonly List<PostgreSqlStore> _elsewhere = [];
    private PostgreSqlStore _store = null!;
    private string _database = "";

    protected override IBodyStore Octets => _store.Bodies;

    protected override IUnusedBodies Unused => _store.UnusedBodies;

    protected override async Task<StoreHarness> OpenAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _store = await OpenStoreAsync();
        return StoreHarness.Of(_store);
    }

    protected override async Task<IBodyStore> OctetsElsewhereAsync()
    {
        _elsewhere.Add(await OpenStoreAsync());
        return _elsewhere[^1].Bodies;
    }

    protected override Task AgeAsync() =>
        PostgresServer.ExecuteAsync(_database, "UPDATE mailgrains.body SET touched = touched - 2 * 3600 * 1000000::bigint");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var store in _elsewhere) await store.DisposeAsync();
    }

    [Fact]
    public async Task A_commit_that_is_under_way_keeps_its_body()
    {
        await UnusedAsync();
        await using var other = await BeginAsync("UPDATE mailgrains.body SET emails = emails + 1");

        Assert.Equal(0, (await DeleteAsync()).Count);
        await other.CommitAsync(Cancellation);
        Assert.Equal(0, (await DeleteAsync()).Count);
        await AssertReadsAsync();
    }

    [Fact]
    public async Task A_body_that_is_sent_while_it_is_being_deleted_is_stored_anew()
    {
        await UnusedAsync();
        var elsewhere = await OctetsElsewhereAsync();
        await using var deletion = await BeginAsync(
            PostgreSqlStatements.Sql.Statement("DeleteUnusedBodies"), new[] { BlobId.Of(Body).ToArray() }, 3600L * 1_000_000);
        var sending = StoreAsync(elsewhere, Body);
        await WaitForLockAsync();

        await deletion.CommitAsync(Cancellation);

        await sending;
        await CommitAsync((await MailboxAsync()).Deliver(FolderId.Inbox, Body).InDatabase());
        await AssertReadsAsync();
    }

    [Fact]
    public async Task A_commit_that_comes_while_its_body_is_being_deleted_fails()
    {
        await UnusedAsync();
        var late = await MailboxAsync();
        await using var deletion = await BeginAsync(
            PostgreSqlStatements.Sql.Statement("DeleteUnusedBodies"), new[] { BlobId.Of(Body).ToArray() }, 3600L * 1_000_000);
        var committing = Store.Mailboxes.CommitAsync([late.Deliver(FolderId.Inbox, Body).InDatabase()], Cancellation);
        await WaitForLockAsync();

        await deletion.CommitAsync(Cancellation);

        await Assert.ThrowsAsync<PostgresException>(() => committing);
    }

    /// <summary>Counted by nobody, the body would be deleted one day under the message that refers to it.</summary>
    [Fact]
    public async Task A_commit_does_not_refer_to_a_body_that_was_deleted_and_written_anew_in_the_middle_of_it()
    {
        byte[] held = [1, 2, 3];
        await UnusedAsync();
        Assert.Equal(1, (await DeleteAsync()).Count);
        await StoreAsync(Octets, held);
        var actor = await MailboxAsync();
        await using var holder = await BeginAsync("SELECT FROM mailgrains.body FOR UPDATE");
        var committing = Store.Mailboxes.CommitAsync(
            [actor.Deliver(FolderId.Inbox, held).InDatabase(), actor.Deliver(FolderId.Inbox, Body).InDatabase()], Cancellation);
        await WaitForLockAsync();
        await StoreAsync(await OctetsElsewhereAsync(), Body);

        await holder.CommitAsync(Cancellation);

        await Assert.ThrowsAsync<PostgresException>(() => committing);
        Assert.Equal(0L, await PostgresServer.ScalarAsync<long>(_database, "SELECT count(*) FROM mailgrains.email"));
    }

    private Task<PostgreSqlStore> OpenStoreAsync() =>
        PostgreSqlStore.OpenAsync(new() { ConnectionString = _database, Partitions = 3 }, cancellation: Cancellation);

    private async Task<NpgsqlTransaction> BeginAsync(string sql, params object[] values)
    {
        var search = new NpgsqlConnectionStringBuilder(_database) { SearchPath = "mailgrains", Pooling = false };
        var connection = new NpgsqlConnection(search.ConnectionString);
        await connection.OpenAsync(Cancellation);
        var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(Cancellation);
        return transaction;
    }

    /// <summary>Until somebody waits for a lock in the database.</summary>
    private async Task WaitForLockAsync()
    {
        const string Waiting = "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while (!await PostgresServer.ScalarAsync<bool>(_database, Waiting)) Cancellation.ThrowIfCancellationRequested();
    }
}
