using MailGrains.Storage.PostgreSql;
using MailGrains.Storage.Records;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;
using Npgsql;
using Xunit;
using static MailGrains.TestKit.Contracts.SampleContents;

namespace MailGrains.Storage.Tests.Contents;

/// <summary>The connection dies while contents are added: they are there with their progress or not at all.</summary>
public sealed class PostgreSqlContentOutcomeTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly ContentWrite[] Contents = [.. Enumerable.Range(0, 50).Select(i => Content($"{i}", Words(i * 100, 100) + " common"))];

    private CuttingRelay _relay = null!;
    private PostgreSqlStore _store = null!;
    private string _database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _relay = new CuttingRelay(server.Port);
        var relayed = new NpgsqlConnectionStringBuilder(_database) { Port = _relay.Port }.ConnectionString;
        _store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = relayed }, cancellation: Cancellation);
        Assert.Equal(0, await _store.Contents.ReadProgressAsync("index", 0, Cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _relay.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(30_000)]
    public async Task A_batch_that_did_not_arrive_whole_is_sent_again(int arrived)
    {
        var lost = _relay.LoseRequestsAfter(arrived);
        var applying = _store.Contents.ApplyAsync(new("index", 0, 0, 50, Contents), Cancellation);
        await lost;

        _relay.Cut();

        Assert.True(await applying);
        await AssertAppliedOnceAsync();
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_is_not_applied_again()
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync(Cancellation);
        _relay.LoseAnswers();
        var applying = _store.Contents.ApplyAsync(new("index", 0, 0, 50, Contents), Cancellation);
        await using var applied = new NpgsqlCommand("SELECT count(*) = 50 FROM mailgrains.content", connection);
        while (await applied.ExecuteScalarAsync(Cancellation) is false) Cancellation.ThrowIfCancellationRequested();

        _relay.Cut();

        Assert.False(await applying);
        await AssertAppliedOnceAsync();
    }

    [Fact]
    public async Task A_server_that_is_away_makes_nothing_half()
    {
        _relay.Cut(refuse: true);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.Contents.ApplyAsync(new("index", 0, 0, 50, Contents), Cancellation));
        _relay.Cut();
        Assert.Equal(new IndexCounts(0, 0), await _store.Contents.CountAsync(Cancellation));
        Assert.True(await _store.Contents.ApplyAsync(new("index", 0, 0, 50, Contents), Cancellation));
        await AssertAppliedOnceAsync();
    }

    private async Task AssertAppliedOnceAsync()
    {
        Assert.Equal(50, await _store.Contents.ReadProgressAsync("index", 0, Cancellation));
        Assert.Equal(new IndexCounts(50, 0), await _store.Contents.CountAsync(Cancellation));
        Assert.Equal(50, (await _store.Contents.FindAllAsync(TokenQuery.Exact("common"), Cancellation)).Count);
    }
}
