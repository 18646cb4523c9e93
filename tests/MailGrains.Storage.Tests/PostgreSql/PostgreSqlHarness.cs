using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;
using Xunit;

namespace MailGrains.Storage.Tests.PostgreSql;

internal static class PostgreSqlHarness
{
    public static async Task<StoreHarness> OpenAsync(PostgresServer server) =>
        StoreHarness.Of(await PostgreSqlStore.OpenAsync(new() { ConnectionString = await server.CreateDatabaseAsync(), Partitions = 3 }, cancellation: TestContext.Current.CancellationToken));
}
