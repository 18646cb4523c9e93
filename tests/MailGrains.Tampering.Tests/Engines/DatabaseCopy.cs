using System.Data.Common;
using MailGrains.Model;
using MailGrains.TestKit;

namespace MailGrains.Tampering.Tests.Engines;

/// <summary>
/// A copy of everything a stopped server has, in the hands of the owner of the database: he may change whatever is in it. Conditions are SQL of his.
/// </summary>
/// <param name="folder">With the data folder of the server; gone when disposed.</param>
internal abstract class DatabaseCopy(TemporaryFolder folder, DbConnection connection) : IAsyncDisposable
{
    /// <summary>The server's data folder.</summary>
    public string Data => folder.Path;

    /// <summary>What an export of it is written to.</summary>
    public string Export => Path.Combine(folder.Path, "exports", "all");

    /// <summary>The private key the log is signed with.</summary>
    public abstract string KeyFile { get; }

    protected DbConnection Connection => connection;

    /// <summary>The condition that an event is at a place.</summary>
    public abstract string EventAt(int partition, long position);

    /// <summary>The condition that an event is behind a place of its partition.</summary>
    public abstract string EventsAfter(int partition, long position);

    /// <summary>The change that brings an event to a place.</summary>
    public abstract IReadOnlyDictionary<string, object?> ToPlace(int partition, long position);

    /// <summary>The condition that a page is of a folder.</summary>
    /// <param name="mailbox">Its number.</param>
    public abstract string PagesOf(long mailbox, int folder);

    /// <summary>The condition that a content of a mailbox is this one.</summary>
    public abstract string EmailAt(long mailbox, long email);

    /// <summary>A value as this engine keeps it.</summary>
    public abstract object Value(AccountId account);

    /// <summary>The same, within SQL.</summary>
    public abstract string Literal(ReadOnlySpan<byte> octets);

    public abstract string Literal(AccountId account);

    /// <summary>Opens what is there as a silo would; with the owner's own connection closed, for good.</summary>
    public abstract Task<OpenedStore> OpenAsync();

    /// <summary>The owner is done.</summary>
    public Task CloseAsync() => connection.CloseAsync();

    /// <summary>After <see cref="OpenAsync"/>, when what was opened is closed: the owner goes on.</summary>
    public Task ReopenAsync() => connection.OpenAsync();

    /// <summary>All tables of the product, and their columns.</summary>
    public abstract Task<ILookup<string, string>> ColumnsAsync();

    public async Task<int> RunAsync(string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync() is var found && found is DBNull ? null : found;
    }

    /// <summary>The one row of a table.</summary>
    public async Task<Dictionary<string, object?>> RowAsync(string table, string where)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} WHERE {where}";
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync()) throw new InvalidOperationException($"{table} has no row where {where}.");
        var row = Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i));
        return await reader.ReadAsync() ? throw new InvalidOperationException($"{table} has several rows where {where}.") : row;
    }

    /// <summary>UPDATE of one row.</summary>
    public async Task UpdateAsync(string table, string where, IReadOnlyDictionary<string, object?> values)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE {table} SET {string.Join(", ", values.Keys.Select(column => $"{column} = @{column}"))} WHERE {where}";
        Bind(command, values);
        Demand(await command.ExecuteNonQueryAsync(), 1, command.CommandText);
    }

    public Task UpdateAsync(string table, string where, string column, object? value) =>
        UpdateAsync(table, where, new Dictionary<string, object?> { [column] = value });

    /// <summary>DELETE of one row.</summary>
    public async Task DeleteAsync(string table, string where)
    {
        var sql = $"DELETE FROM {table} WHERE {where}";
        Demand(await RunAsync(sql), 1, sql);
    }

    public async Task InsertAsync(string table, IReadOnlyDictionary<string, object?> row)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"INSERT INTO {table} ({string.Join(", ", row.Keys)}) {Overriding} VALUES ({string.Join(", ", row.Keys.Select(column => "@" + column))})";
        Bind(command, row);
        Demand(await command.ExecuteNonQueryAsync(), 1, command.CommandText);
    }

    /// <summary>A row that is another one but for some of its values.</summary>
    public async Task InsertLikeAsync(string table, string where, IReadOnlyDictionary<string, object?> other)
    {
        var row = await RowAsync(table, where);
        foreach (var (column, value) in other) row[column] = value;
        await InsertAsync(table, row);
    }

    /// <summary>A row becomes another one, its key and all.</summary>
    public async Task ReplaceAsync(string table, string where, string column, object? value)
    {
        var row = await RowAsync(table, where);
        await DeleteAsync(table, where);
        await InsertAsync(table, new Dictionary<string, object?>(row) { [column] = value });
    }

    /// <summary>Two rows exchange some of their values.</summary>
    public async Task SwapAsync(string table, string first, string second, params string[] columns)
    {
        var (one, other) = (await RowAsync(table, first), await RowAsync(table, second));
        await DeleteAsync(table, first);
        await DeleteAsync(table, second);
        foreach (var column in columns) (one[column], other[column]) = (other[column], one[column]);
        await InsertAsync(table, one);
        await InsertAsync(table, other);
    }

    /// <summary>The number that stands for a mailbox in other tables.</summary>
    public async Task<long> MailboxAsync(AccountId account) =>
        Convert.ToInt64(await ScalarAsync($"SELECT no FROM mailbox WHERE account = {Literal(account)}"), System.Globalization.CultureInfo.InvariantCulture);

    public virtual async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>What an INSERT needs that gives columns values which the engine gives itself otherwise.</summary>
    protected virtual string Overriding => "";

    private static void Bind(DbCommand command, IReadOnlyDictionary<string, object?> values)
    {
        foreach (var (column, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@" + column, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
    }

    private static void Demand(int changed, int wanted, string sql)
    {
        if (changed != wanted) throw new InvalidOperationException($"{sql} changed {changed} rows.");
    }
}
