using System.Data.Common;
using MailGrains.Model;
using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit;
using MailGrains.TestKit.Postgres;
using Npgsql;

namespace MailGrains.Tampering.Tests.Engines;

/// <summary>Everything in one PostgreSQL database, bodies too; the data folder has only what the node itself signed.</summary>
internal sealed class PostgreSqlCopy(TemporaryFolder folder, DbConnection connection, PostgresServer server, string connectionString) : DatabaseCopy(folder, connection)
{
    public const string Schema = "mailgrains";

    public override string KeyFile => Path.Combine(Data, "cluster-key");

    public string ConnectionString => connectionString;

    protected override string Overriding => "OVERRIDING SYSTEM VALUE";

    public static async Task<DatabaseCopy> OfAsync(TemporaryFolder folder, PostgresServer server, string connectionString)
    {
        var own = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, SearchPath = Schema };
        var connection = new NpgsqlConnection(own.ConnectionString);
        await connection.OpenAsync();
        return new PostgreSqlCopy(folder, connection, server, connectionString);
    }

    public override string EventAt(int partition, long position) => $"partition = {partition} AND position = {position}";

    public override string EventsAfter(int partition, long position) => $"partition = {partition} AND position > {position}";

    public override IReadOnlyDictionary<string, object?> ToPlace(int partition, long position) =>
        new Dictionary<string, object?> { ["partition"] = partition, ["position"] = position };

    public override string PagesOf(long mailbox, int folder) => $"mailbox = {mailbox} AND folder = {folder}";

    public override string EmailAt(long mailbox, long email) => $"mailbox = {mailbox} AND id = {email}";

    public override object Value(AccountId account) => account.Value;

    public override string Literal(ReadOnlySpan<byte> octets) => $"'\\x{Convert.ToHexString(octets)}'::bytea";

    public override string Literal(AccountId account) => $"'{account.Value}'::uuid";

    public override async Task<OpenedStore> OpenAsync()
    {
        await Connection.CloseAsync();
        var options = new PostgreSqlStoreOptions { ConnectionString = connectionString, AllowUnsafeServer = true };
        var store = await PostgreSqlStore.OpenAsync(options);
        return new OpenedStore(store, store.EventRetention, store, store.Bodies, store.Checkpoints, store.DisposeAsync);
    }

    public override async Task<ILookup<string, string>> ColumnsAsync()
    {
        var columns = new List<(string Table, string Column)>();
        await using var command = Connection.CreateCommand();
        command.CommandText = $"""
            SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = '{Schema}' AND t.table_type = 'BASE TABLE'
            """;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) columns.Add((reader.GetString(0), reader.GetString(1)));
        return columns.ToLookup(c => c.Table, c => c.Column);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await server.DropDatabaseAsync(connectionString);
    }
}
