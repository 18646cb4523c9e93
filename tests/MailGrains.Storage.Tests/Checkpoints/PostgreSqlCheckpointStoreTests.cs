using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;

namespace MailGrains.Storage.Tests.Checkpoints;

public sealed class PostgreSqlCheckpointStoreTests(PostgresServer server) : CheckpointStoreContract
{
    protected override async Task<CheckpointHarness> OpenAsync()
    {
        var store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = await server.CreateDatabaseAsync() });
        return new CheckpointHarness(store.Checkpoints, store);
    }
}
