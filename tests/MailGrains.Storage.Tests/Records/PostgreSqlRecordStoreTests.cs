using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;

namespace MailGrains.Storage.Tests.Records;

public sealed class PostgreSqlRecordStoreTests(PostgresServer server) : RecordStoreContract
{
    protected override async Task<RecordHarness> OpenAsync()
    {
        var store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = await server.CreateDatabaseAsync() });
        return new RecordHarness(store.Records, store);
    }
}
