using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;

namespace MailGrains.Storage.Tests.PostgreSql;

public sealed class PostgreSqlEventLogTests(PostgresServer server) : EventLogContract
{
    protected override Task<StoreHarness> OpenAsync() => PostgreSqlHarness.OpenAsync(server);
}
