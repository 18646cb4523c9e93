using MailGrains.Storage.SqlServer;
using MailGrains.TestKit.Contracts;
using Microsoft.Data.SqlClient;
using Xunit;

namespace MailGrains.Storage.Tests.SqlServer;

/// <summary>A new database for each store, on the server that MAILGRAINS_TEST_SQLSERVER names; without it the test is skipped.</summary>
internal static class SqlServerHarness
{
    private const string Variable = "MAILGRAINS_TEST_SQLSERVER";

    public static void SkipWithoutServer() =>
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)), $"{Variable} holds no connection string of a SQL Server.");

    public static async Task<StoreHarness> OpenAsync() => StoreHarness.Of(await OpenStoreAsync());

    public static async Task<SqlServerStore> OpenStoreAsync() =>
        await SqlServerStore.OpenAsync(new() { ConnectionString = await CreateDatabaseAsync(), Partitions = 3 });

    /// <summary>An empty database; its connection string.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        SkipWithoutServer();
        var server = Environment.GetEnvironmentVariable(Variable)!;
        var name = $"mailgrains_{Guid.NewGuid():N}";
        await using var connection = new SqlConnection(server);
        await connection.OpenAsync();
        foreach (var text in new[]
        {
            $"CREATE DATABASE {name}", $"ALTER DATABASE {name} SET READ_COMMITTED_SNAPSHOT ON", $"ALTER DATABASE {name} SET ALLOW_SNAPSHOT_ISOLATION ON",
        })
        {
            await using var command = new SqlCommand(text, connection);
            await command.ExecuteNonQueryAsync();
        }

        return new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ConnectionString;
    }
}
