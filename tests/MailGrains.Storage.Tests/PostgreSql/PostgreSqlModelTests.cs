using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;

namespace MailGrains.Storage.Tests.PostgreSql;

public sealed class PostgreSqlModelTests(PostgresServer server) : ModelContract
{
    protected override Task<StoreHarness> OpenAsync(TemporaryFolder folder) => PostgreSqlHarness.OpenAsync(server);
}
