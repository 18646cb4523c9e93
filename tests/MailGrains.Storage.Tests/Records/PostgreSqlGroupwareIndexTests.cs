using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;
using Xunit;

namespace MailGrains.Storage.Tests.Records;

public sealed class PostgreSqlGroupwareIndexTests(PostgresServer server) : GroupwareIndexContract
{
    protected override async Task<GroupwareIndexHarness> OpenAsync()
    {
        var store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = await server.CreateDatabaseAsync() });
        return new GroupwareIndexHarness(store.Records.Objects, store);
    }

    [Fact]
    public async Task Purged_contents_go_with_their_last_entry()
    {
        var options = new PostgreSqlStoreOptions { ConnectionString = await server.CreateDatabaseAsync() };
        await using var store = await PostgreSqlStore.OpenAsync(options, cancellation: TestContext.Current.CancellationToken);
        await PurgedObjects.GoWithTheirLastEntryAsync(store.Records);
    }
}
