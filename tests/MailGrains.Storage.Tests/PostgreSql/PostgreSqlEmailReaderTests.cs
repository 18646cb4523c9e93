using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;

namespace MailGrains.Storage.Tests.PostgreSql;

public sealed class PostgreSqlEmailReaderTests(PostgresServer server) : EmailReaderContract
{
    protected override Task<StoreHarness> OpenAsync() => PostgreSqlHarness.OpenAsync(server);
}
