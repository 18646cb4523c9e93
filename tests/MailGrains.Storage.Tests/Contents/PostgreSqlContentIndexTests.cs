using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;

namespace MailGrains.Storage.Tests.Contents;

public sealed class PostgreSqlContentIndexTests(PostgresServer server) : ContentSearchContract
{
    protected override async Task<ContentHarness> OpenAsync()
    {
        var store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = await server.CreateDatabaseAsync() });
        return new ContentHarness(store.Contents, store);
    }
}
