using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;

namespace MailGrains.Storage.Tests.Events;

public sealed class PostgreSqlEventRetentionTests(PostgresServer server) : EventRetentionContract
{
    protected override async Task<EventRetentionHarness> OpenAsync()
    {
        var store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = await server.CreateDatabaseAsync(), Partitions = 3 });
        return new EventRetentionHarness(StoreHarness.Of(store), store.EventRetention, store.Subscribers);
    }
}
