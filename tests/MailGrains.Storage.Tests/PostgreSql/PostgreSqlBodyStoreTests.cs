using MailGrains.Storage.Bodies;
using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;
using Xunit;

namespace MailGrains.Storage.Tests.PostgreSql;

public sealed class PostgreSqlBodyStoreTests(PostgresServer server) : BodyStoreContract
{
    private PostgreSqlStore? _store;

    protected override async Task<IBodyStore> CreateAsync()
    {
        _store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = await server.CreateDatabaseAsync() }, cancellation: TestContext.Current.CancellationToken);
        return _store.Bodies;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_store is not null) await _store.DisposeAsync();
    }
}
