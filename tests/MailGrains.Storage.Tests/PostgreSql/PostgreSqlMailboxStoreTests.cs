using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;

namespace MailGrains.Storage.Tests.PostgreSql;

public sealed class PostgreSqlMailboxStoreTests(PostgresServer server) : MailboxStoreContract
{
    protected override Task<StoreHarness> OpenAsync() => PostgreSqlHarness.OpenAsync(server);
}
