using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;
using Npgsql;
using Xunit;

namespace MailGrains.Storage.Tests.PostgreSql;

public sealed class PostgreSqlPackCatalogTests(PostgresServer server) : PackCatalogContract
{
    private PostgreSqlStore _store = null!;
    private string _database = "";

    protected override IPackCatalog Packs => _store.Packs;

    private static BodyLocator Place => MailboxActor.LocatorOf(Blob, Body.Length);

    protected override async Task<StoreHarness> OpenAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = _database, Partitions = 3 }, cancellation: Cancellation);
        return StoreHarness.Of(_store);
    }

    protected override async Task ForgetAsync(BlobId blob)
    {
        await PostgresServer.ExecuteAsync(_database, "UPDATE mailgrains.body SET touched = touched - 2 * 3600 * 1000000::bigint");
        await _store.UnusedBodies.DeleteAsync([blob], TimeSpan.FromHours(1), Cancellation);
    }

    [Fact]
    public async Task A_commit_that_is_under_way_with_a_place_in_the_pack_is_waited_for()
    {
        var actor = await MailboxAsync();
        await using var holder = await HoldEventsAsync();
        var committing = Store.Mailboxes.CommitAsync([actor.Deliver(FolderId.Inbox, Body)], Cancellation);
        await WaitForLocksAsync(1);
        var retiring = Packs.TryRetireAsync(Place.Pack, Cancellation);
        await WaitForLocksAsync(2);

        await holder.CommitAsync(Cancellation);

        await committing;
        Assert.False(await retiring);
        Assert.Equal(Place, await Store.Bodies.FindAsync(Blob, Cancellation));
    }

    [Fact]
    public async Task A_commit_that_comes_while_the_pack_is_being_retired_fails()
    {
        var actor = await MailboxAsync();
        await using var retiring = await BeginAsync();
        await ExecuteAsync(retiring, "HoldPack", Place.Pack);
        await ExecuteAsync(retiring, "RetirePack", Place.Pack);
        var committing = Store.Mailboxes.CommitAsync([actor.Deliver(FolderId.Inbox, Body)], Cancellation);
        await WaitForLocksAsync(1);

        await retiring.CommitAsync(Cancellation);

        await Assert.ThrowsAsync<PostgresException>(() => committing);
        Assert.Null(await Store.Bodies.FindAsync(Blob, Cancellation));
    }

    [Fact]
    public async Task What_one_process_has_retired_another_does_not_take_in()
    {
        Assert.True(await Packs.TryRetireAsync(Place.Pack, Cancellation));
        Assert.True(await Packs.TryRetireAsync(Place.Pack, Cancellation));
        await using var other = await PostgreSqlStore.OpenAsync(new() { ConnectionString = _database }, cancellation: Cancellation);
        var actor = await MailboxActor.ClaimAsync(other, NewAccount());
        await other.CommitAsync([actor.CreateFolder("INBOX")], Cancellation);
        await Assert.ThrowsAsync<PostgresException>(() => other.CommitAsync([actor.Deliver(FolderId.Inbox, Body)], Cancellation));
    }

    [Fact]
    public async Task The_number_of_a_retired_pack_stays_taken()
    {
        Assert.True(await Packs.TryRetireAsync(900, Cancellation));
        Assert.Equal(new PackNumbers(0, 900), await Packs.ReadNumbersAsync(Cancellation));
    }

    [Fact]
    public async Task One_folder_is_bound_for_good()
    {
        Assert.Null(await _store.Packs.FindFolderAsync(Cancellation));
        var bound = await Task.WhenAll(Enumerable.Range(1, 8).Select(id => _store.Packs.BindFolderAsync(id, Cancellation)));
        Assert.Equal(bound[0], Assert.Single(bound.Distinct()));
        Assert.Equal(bound[0], await _store.Packs.FindFolderAsync(Cancellation));
    }

    [Fact]
    public async Task Nothing_is_moved_into_a_pack_that_was_retired()
    {
        var actor = await MailboxAsync();
        await CommitAsync(actor.Deliver(FolderId.Inbox, Body));
        Assert.True(await Packs.TryRetireAsync(1000, Cancellation));
        Assert.Equal(0, await Packs.MoveAsync([new BodyMove(Blob, Place, Place with { Pack = 1000 })], Cancellation));
        Assert.Equal(Place, await Store.Bodies.FindAsync(Blob, Cancellation));
    }

    [Fact]
    public async Task A_place_in_a_retired_pack_beside_a_good_one_harms_nobody()
    {
        var (actor, other) = (await MailboxAsync(), await MailboxAsync());
        Assert.True(await Packs.TryRetireAsync(Place.Pack, Cancellation));
        var (bad, good) = (actor.Deliver(FolderId.Inbox, Body), other.Deliver(FolderId.Inbox, Body).In(1000));
        await CommitAsync(bad, good);
        Assert.Equal(1000, (await Store.Bodies.FindAsync(Blob, Cancellation))!.Value.Pack);
        Assert.Equal(2, await PostgresServer.ScalarAsync<int>(_database, "SELECT emails FROM mailgrains.body"));
    }

    /// <summary>The partitions of the log are locked last, so a group waits here with everything else done.</summary>
    private async Task<NpgsqlTransaction> HoldEventsAsync()
    {
        var transaction = await BeginAsync();
        await using var command = new NpgsqlCommand("SELECT FROM event_partition FOR UPDATE", transaction.Connection);
        await command.ExecuteNonQueryAsync(Cancellation);
        return transaction;
    }

    private async Task<NpgsqlTransaction> BeginAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database) { SearchPath = "mailgrains", Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancellation);
        return await connection.BeginTransactionAsync(Cancellation);
    }

    private static async Task ExecuteAsync(NpgsqlTransaction transaction, string statement, int pack)
    {
        await using var command = new NpgsqlCommand(PostgreSqlStatements.Sql.Statement(statement), transaction.Connection);
        command.Parameters.Add(new NpgsqlParameter { Value = pack });
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task WaitForLocksAsync(int count)
    {
        const string Waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while (await PostgresServer.ScalarAsync<long>(_database, Waiting) < count) Cancellation.ThrowIfCancellationRequested();
    }
}
