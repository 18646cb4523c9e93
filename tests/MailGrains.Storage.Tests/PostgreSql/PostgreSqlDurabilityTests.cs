using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;
using Xunit;

namespace MailGrains.Storage.Tests.PostgreSql;

/// <summary>On a server of its own, which is killed.</summary>
public sealed class PostgreSqlDurabilityTests : DurableStoreContract, IAsyncLifetime
{
    private readonly PostgresServer _server = new();
    private string _database = "";

    public async ValueTask InitializeAsync() => _database = await _server.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    protected override async Task<StoreHarness> OpenAsync(TemporaryFolder folder) =>
        StoreHarness.Of(await PostgreSqlStore.OpenAsync(new() { ConnectionString = _database, Partitions = 3 }, cancellation: TestContext.Current.CancellationToken));

    protected override async Task<StoreHarness> OpenRemainsAsync(TemporaryFolder folder)
    {
        await _server.KillAsync();
        await _server.EnsureStartedAsync();
        return await OpenAsync(folder);
    }
}
