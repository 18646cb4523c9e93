using System.Data.Common;
using MailGrains.Model;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Relational.Accounts;
using MailGrains.Storage.Relational.Reading;
using MailGrains.Storage.SqlServer.Tables;
using Microsoft.Data.SqlClient;

namespace MailGrains.Storage.SqlServer.Accounts;

/// <summary>The directory on SQL Server: rows are handed over as tables.</summary>
internal sealed class SqlServerDirectoryEngine(string connectionString) : IDirectoryEngine
{
    public async Task<DbConnection> ConnectAsync(CancellationToken cancellation)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public void GiveUpConnections() => SqlServerConnections.ClearPool(connectionString);

    public DbCommand Command(Question question) => SqlServerStatements.Command([question]);

    public object?[] Accounts(IReadOnlyList<AccountRecord> accounts) => [DirectoryTables.Accounts().With(accounts)];

    public object?[] Addresses(IReadOnlyList<(string Key, AccountId Account, int Place)> addresses) => [DirectoryTables.Addresses().With(addresses)];

    public object?[] Acts(IReadOnlyList<(AccountId Account, OwedAct Act)> acts) => [DirectoryTables.Acts().With(acts)];

    public object?[] Settled(IReadOnlyList<(AccountId Account, long Version)> settled) => [DirectoryTables.Settled().With(settled)];

    public bool Repeats(Exception failure) => Failures.Repeats(failure);

    public bool LostConnection(Exception failure) => Failures.LostConnection(failure);

    public ValueTask DisposeAsync()
    {
        GiveUpConnections();
        return ValueTask.CompletedTask;
    }
}
