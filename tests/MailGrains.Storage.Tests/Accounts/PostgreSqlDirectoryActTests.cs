using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;

namespace MailGrains.Storage.Tests.Accounts;

public sealed class PostgreSqlDirectoryActTests(PostgresServer server) : DirectoryActContract
{
    protected override async Task<DirectoryHarness> OpenAsync()
    {
        var store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = await server.CreateDatabaseAsync() });
        return new DirectoryHarness(store.Accounts, store.Accounts, store.Accounts, store);
    }
}
