using System.Data.Common;
using MailGrains.Storage.Relational.Reading;
using Npgsql;

namespace MailGrains.Storage.PostgreSql.Accounts;

/// <summary>A write of the directory under way: statements by their names, one after the other.</summary>
internal sealed class DirectoryTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
{
    /// <returns>How many rows it changed.</returns>
    public async Task<int> RunAsync(string statement, params object?[] values)
    {
        await using var command = Command(statement, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Whether there is a row.</summary>
    public async Task<bool> AnyAsync(string statement, params object?[] values) => (await ListAsync(statement, _ => true, values)).Count > 0;

    public async Task<List<T>> ListAsync<T>(string statement, Func<DbDataReader, T> read, params object?[] values)
    {
        await using var command = Command(statement, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await Rows.AllAsync(reader, read, cancellation);
    }

    private NpgsqlCommand Command(string statement, object?[] values)
    {
        var command = new NpgsqlCommand(PostgreSqlStatements.Sql.Statement(statement), connection, transaction);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }
}
