using MailGrains.Storage.PostgreSql;
using MailGrains.Storage.Records;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;
using Xunit;
using static MailGrains.TestKit.Contracts.SampleContents;

namespace MailGrains.Storage.Tests.Contents;

public sealed class PostgreSqlContentIndexTests(PostgresServer server) : ContentSearchContract
{
    private string _database = "";

    [Fact]
    public async Task Contents_are_found_in_all_segments_of_numbers()
    {
        long[] beginnings = [65_530, 131_070, 300_000];
        foreach (var beginning in beginnings)
        {
            await PostgresServer.ExecuteAsync(_database, $"SELECT setval('mailgrains.content_number', {beginning}, false)");
            await Index.AddAsync([.. Enumerable.Range(0, 10).Select(i => Content($"{beginning}.{i}", i % 2 == 0 ? "common even" : "common"))], Cancellation);
        }

        Assert.Equal(
            beginnings.SelectMany(b => Enumerable.Range(0, 10).Select(i => b + i)),
            (await Index.FindAllAsync(TokenQuery.Exact("common"), Cancellation)).Select(c => c.Number));
        Assert.Equal(15, (await Index.FindAllAsync(TokenQuery.And(TokenQuery.Exact("common"), TokenQuery.Exact("even")), Cancellation)).Count);
    }

    protected override async Task<ContentHarness> OpenAsync()
    {
        _database = await server.CreateDatabaseAsync();
        var store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = _database });
        return new ContentHarness(store.Contents, store);
    }
}
