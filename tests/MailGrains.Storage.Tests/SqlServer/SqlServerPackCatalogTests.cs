using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.SqlServer;
using MailGrains.TestKit.Contracts;
using Microsoft.Data.SqlClient;

namespace MailGrains.Storage.Tests.SqlServer;

public sealed class SqlServerPackCatalogTests : PackCatalogContract
{
    private SqlServerStore _store = null!;
    private string _database = "";

    protected override IPackCatalog Packs => _store.Packs;

    protected override async Task<StoreHarness> OpenAsync()
    {
        _database = await SqlServerHarness.CreateDatabaseAsync();
        _store = await SqlServerStore.OpenAsync(new() { ConnectionString = _database, Partitions = 3 }, cancellation: Cancellation);
        return StoreHarness.Of(_store);
    }

    protected override async Task ForgetAsync(BlobId blob)
    {
        await using var connection = new SqlConnection(_database);
        await connection.OpenAsync(Cancellation);
        await using var command = new SqlCommand("UPDATE mailgrains.body SET touched = touched - CAST(7200000000 AS bigint)", connection);
        await command.ExecuteNonQueryAsync(Cancellation);
        await _store.UnusedBodies.DeleteAsync([blob], TimeSpan.FromHours(1), Cancellation);
    }
}
