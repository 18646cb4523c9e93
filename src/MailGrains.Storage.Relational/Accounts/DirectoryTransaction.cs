using System.Data.Common;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational.Accounts;

/// <summary>A write of the directory under way: statements by their names, one after the other.</summary>
internal sealed class DirectoryTransaction(IDirectoryEngine engine, DbTransaction transaction, CancellationToken cancellation)
{
    /// <summary>Makes rows into parameters.</summary>
    public IDirectoryEngine Engine => engine;

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
        var rows = await Rows.AllAsync(reader, read, cancellation);
        // A failure behind the rows is reported here, not when the reader is disposed.
        while (await reader.NextResultAsync(cancellation)) { }
        return rows;
    }

    private DbCommand Command(string statement, object?[] values)
    {
        var command = engine.Command(new Question(statement, values));
        (command.Connection, command.Transaction) = (transaction.Connection, transaction);
        return command;
    }
}
