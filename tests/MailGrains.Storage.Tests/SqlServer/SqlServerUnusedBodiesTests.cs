using MailGrains.Storage.Bodies;
using MailGrains.Storage.SqlServer;
using MailGrains.TestKit.Contracts;
using Microsoft.Data.SqlClient;

namespace MailGrains.Storage.Tests.SqlServer;

public sealed class SqlServerUnusedBodiesTests : UnusedBodiesContract
{
    private readonly List<SqlServerStore> _elsewhere = [];
    private SqlServerStore _store = null!;
    private string _database = "";

    protected override IBodyStore Octets => _store.Bodies;

    protected override IUnusedBodies Unused => _store.UnusedBodies;

    protected override async Task<StoreHarness> OpenAsync()
    {
        _database = await SqlServerHarness.CreateDatabaseAsync();
        _store = await OpenStoreAsync();
        return StoreHarness.Of(_store);
    }

    protected override async Task<IBodyStore> OctetsElsewhereAsync()
    {
        _elsewhere.Add(await OpenStoreAsync());
        return _elsewhere[^1].Bodies;
    }

    protected override async Task AgeAsync()
    {
        await using var connection = new SqlConnection(_database);
        await connection.OpenAsync(Cancellation);
        await using var command = new SqlCommand("UPDATE mailgrains.body SET touched = touched - CAST(7200000000 AS bigint)", connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var store in _elsewhere) await store.DisposeAsync();
    }

    private Task<SqlServerStore> OpenStoreAsync() =>
        SqlServerStore.OpenAsync(new() { ConnectionString = _database, Partitions = 3 }, cancellation: Cancellation);
}
