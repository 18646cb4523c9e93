using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;

namespace MailGrains.Storage.Tests.Subscribers;

public sealed class PostgreSqlSubscriberStoreTests(PostgresServer server) : SubscriberStoreContract
{
    protected override async Task<SubscriberHarness> OpenAsync()
    {
        var store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = await server.CreateDatabaseAsync() });
        return new SubscriberHarness(store.Subscribers, store);
    }
}
