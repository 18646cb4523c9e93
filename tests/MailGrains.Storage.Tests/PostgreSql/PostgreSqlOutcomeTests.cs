using System.Text;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;
using Npgsql;
using Xunit;

namespace MailGrains.Storage.Tests.PostgreSql;

/// <summary>The connection dies while a group is under way: what CommitAsync says is what happened, and it happened at most once.</summary>
public sealed class PostgreSqlOutcomeTests(PostgresServer server) : IAsyncLifetime
{
    private CuttingRelay _relay = null!;
    private PostgreSqlStore _store = null!;
    private string _database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _relay = new CuttingRelay(server.Port);
        var relayed = new NpgsqlConnectionStringBuilder(_database) { Port = _relay.Port }.ConnectionString;
        _store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = relayed, Partitions = 2 }, cancellation: Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _relay.DisposeAsync();
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_reported_as_it_went_fenced_ones_too()
    {
        var (stale, other) = (await MailboxAsync(), await MailboxAsync());
        var owner = await MailboxActor.ClaimAsync(_store, stale.Account);
        _relay.LoseAnswers();
        MailboxCommit[] group = [stale.CreateFolder("Zombie"), other.Deliver(FolderId.Inbox), owner.Deliver(FolderId.Inbox)];
        var committing = _store.CommitAsync(group, Cancellation);
        await AppearsAsync($"SELECT count(*) = 4 FROM mailgrains.event");

        _relay.Cut();

        Assert.Equal([CommitOutcome.Fenced, CommitOutcome.Committed, CommitOutcome.Committed], await committing);
        await AssertWholeAsync(other, 2);
        await AssertWholeAsync(owner, 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(3000)]
    public async Task A_group_that_did_not_arrive_whole_is_sent_again(int arrived)
    {
        var actor = await MailboxAsync();
        var lost = _relay.LoseRequestsAfter(arrived);
        var committing = _store.CommitAsync([actor.Deliver(FolderId.Inbox, summary: new byte[5000])], Cancellation);
        await lost;

        _relay.Cut();

        Assert.Equal([CommitOutcome.Committed], await committing);
        await AssertWholeAsync(actor, 2);
    }

    [Fact]
    public async Task A_group_that_still_waits_in_the_server_is_ended_there_before_it_is_sent_again()
    {
        var actor = await MailboxAsync();
        await using var source = NpgsqlDataSource.Create(_database);
        await using var blocker = await source.OpenConnectionAsync(Cancellation);
        await using var transaction = await blocker.BeginTransactionAsync(Cancellation);
        await using (var block = new NpgsqlCommand("SELECT FROM mailgrains.event_partition FOR UPDATE", blocker)) await block.ExecuteNonQueryAsync(Cancellation);
        var committing = _store.CommitAsync([actor.Deliver(FolderId.Inbox)], Cancellation);
        var waiting = "SELECT count(*) = 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        await AppearsAsync(waiting);
        var first = await PostgresServer.ScalarAsync<int>(_database, "SELECT max(pid) FROM mailgrains.writer");

        _relay.Cut();

        await AppearsAsync($"SELECT max(pid) <> {first} FROM mailgrains.writer");
        await AppearsAsync(waiting);
        Assert.Equal(0, await PostgresServer.ScalarAsync<long>(_database, $"SELECT count(*) FROM pg_stat_activity WHERE pid = {first}"));
        await transaction.CommitAsync(Cancellation);
        Assert.Equal([CommitOutcome.Committed], await committing);
        await AssertWholeAsync(actor, 2);
    }

    [Fact]
    public async Task While_the_server_is_away_the_outcome_is_waited_for()
    {
        var actor = await MailboxAsync();
        _relay.LoseAnswers();
        var committing = _store.CommitAsync([actor.Deliver(FolderId.Inbox)], Cancellation);
        await AppearsAsync("SELECT count(*) = 2 FROM mailgrains.event");

        _relay.Cut(refuse: true);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.ReadMailboxAsync(actor.Account, Cancellation));
        Assert.False(committing.IsCompleted);
        _relay.Cut();

        Assert.Equal([CommitOutcome.Committed], await committing);
        await AssertWholeAsync(actor, 2);
    }

    [Fact]
    public async Task A_store_that_is_told_to_wait_no_longer_fails_the_group()
    {
        var actor = await MailboxAsync();
        var lost = _relay.LoseRequestsAfter(0);
        var committing = _store.CommitAsync([actor.Deliver(FolderId.Inbox)], Cancellation);
        await lost;
        _relay.Cut(refuse: true);

        _store.StopWaiting();

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => committing);
    }

    [Fact]
    public async Task So_it_does_when_the_server_hangs_and_the_connection_is_whole()
    {
        var actor = await MailboxAsync();
        var lost = _relay.LoseRequestsAfter(0);
        var committing = _store.CommitAsync([actor.Deliver(FolderId.Inbox)], Cancellation);
        await lost;

        _store.StopWaiting();

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => committing);
    }

    [Fact]
    public async Task A_group_that_was_not_done_is_not_sent_again_when_nobody_waits_for_it_any_more()
    {
        var actor = await MailboxAsync();
        var lost = _relay.LoseRequestsAfter(300);
        var commit = actor.Deliver(FolderId.Inbox);
        var committing = _store.CommitAsync([commit], Cancellation);
        await lost;
        commit.GiveUpAt = TimeProvider.System.GetTimestamp();

        _relay.Cut();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => committing);
        var again = await MailboxActor.ClaimAsync(_store, actor.Account);
        await AssertWholeAsync(again, 1);
    }

    [Fact]
    public async Task A_group_that_was_done_is_reported_so_however_long_that_took()
    {
        var actor = await MailboxAsync();
        _relay.LoseAnswers();
        var commit = actor.Deliver(FolderId.Inbox);
        var committing = _store.CommitAsync([commit], Cancellation);
        await AppearsAsync("SELECT count(*) = 2 FROM mailgrains.event");
        commit.GiveUpAt = TimeProvider.System.GetTimestamp();

        _relay.Cut();

        Assert.Equal([CommitOutcome.Committed], await committing);
        await AssertWholeAsync(actor, 2);
    }

    [Fact]
    public async Task A_server_that_is_away_before_anything_was_sent_fails_the_group_at_once_and_reads_go_on_after()
    {
        var actor = await MailboxActor.ClaimAsync(_store, new AccountId(Guid.NewGuid()));
        _relay.Cut(refuse: true);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.CommitAsync([actor.CreateFolder("INBOX")], Cancellation));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.ClaimAsync(actor.Account, Cancellation));

        _relay.Cut();

        Assert.Empty((await _store.ReadMailboxAsync(actor.Account, Cancellation))!.Folders);
        var again = await MailboxActor.ClaimAsync(_store, actor.Account);
        Assert.Equal([CommitOutcome.Committed], await _store.CommitAsync([again.CreateFolder("INBOX")], Cancellation));
    }

    [Fact]
    public async Task When_the_server_itself_ends_all_connections_changes_and_bodies_are_written_on_new_ones()
    {
        var actor = await MailboxAsync();
        await AppendAsync("before");
        Assert.Equal([CommitOutcome.Committed], await _store.CommitAsync([actor.Deliver(FolderId.Inbox)], Cancellation));

        await PostgresServer.ScalarAsync<long>(
            _database,
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        Assert.Equal([CommitOutcome.Committed], await _store.CommitAsync([actor.Deliver(FolderId.Inbox)], Cancellation));
        Assert.False(_store.Bodies.IsLost(await AppendAsync("after")));
        await AssertWholeAsync(actor, 3);
    }

    [Fact]
    public async Task A_server_whose_settings_would_lose_mail_by_the_time_a_writer_connects_is_not_written_to()
    {
        var actor = await MailboxActor.ClaimAsync(_store, new AccountId(Guid.NewGuid()));
        var commit = actor.CreateFolder("INBOX");
        var name = new NpgsqlConnectionStringBuilder(_database).Database;
        await PostgresServer.ExecuteAsync(_database, $"ALTER DATABASE {name} SET synchronous_commit = off");
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.CommitAsync([commit], Cancellation));
        Assert.Contains("synchronous_commit is off", refusal.InnerException!.Message, StringComparison.Ordinal);

        await PostgresServer.ExecuteAsync(_database, $"ALTER DATABASE {name} RESET synchronous_commit");

        Assert.Equal([CommitOutcome.Committed], await _store.CommitAsync([commit], Cancellation));
    }

    [Fact]
    public async Task A_body_that_a_crash_of_the_server_took_is_sent_again_when_it_comes_again()
    {
        var actor = await MailboxAsync();
        const string Text = "Subject: taken\r\n\r\nbody\r\n";
        var body = Encoding.UTF8.GetBytes(Text);
        await AppendAsync(Text);
        await PostgresServer.ExecuteAsync(_database, "DELETE FROM mailgrains.body_data; DELETE FROM mailgrains.body");
        _relay.Cut();
        await Assert.ThrowsAsync<PostgresException>(() => _store.CommitAsync([actor.Deliver(FolderId.Inbox, body).InDatabase()], Cancellation));

        await AppendAsync(Text);
        var again = await MailboxActor.ClaimAsync(_store, actor.Account);
        Assert.Equal([CommitOutcome.Committed], await _store.CommitAsync([again.Deliver(FolderId.Inbox, body).InDatabase()], Cancellation));
        await AssertWholeAsync(again, 2);
    }

    private async Task<BodyLocator> AppendAsync(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var body = await _store.Bodies.AppendAsync(BlobId.Of(bytes), bytes, Cancellation);
        await _store.Bodies.FlushAsync(Cancellation);
        return body;
    }

    private async Task<MailboxActor> MailboxAsync()
    {
        var actor = await MailboxActor.ClaimAsync(_store, new AccountId(Guid.NewGuid()));
        await _store.CommitAsync([actor.CreateFolder("INBOX")], Cancellation);
        return actor;
    }

    /// <summary>Everything the actor did is there, once, and the mailbox can go on.</summary>
    private async Task AssertWholeAsync(MailboxActor actor, int events)
    {
        await _store.CommitAsync([actor.CreateFolder("After")], Cancellation);
        Assert.Equal(actor.Head, (await _store.ReadMailboxAsync(actor.Account, Cancellation))!.Head);
        var log = await _store.ReadMailboxAsync(actor.Account, 0, 100, Cancellation);
        Assert.Equal(Enumerable.Range(1, events + 1).Select(i => (long)i), log.Select(e => e.Event.Sequence));
    }

    private async Task AppearsAsync(string question)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!await PostgresServer.ScalarAsync<bool>(_database, question)) patience.Token.ThrowIfCancellationRequested();
    }
}
