using System.Data;
using System.Data.Common;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Reading;
using Npgsql;

namespace MailGrains.Storage.PostgreSql;

/// <summary>Npgsql's pool. What it is sent at once is one transaction anyway.</summary>
internal sealed class PostgreSqlConnections(string connectionString, StorageMetrics metrics) : DatabaseConnections(metrics)
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    protected override Question[] AsTransaction(Question[] statements) => statements;

    protected override async Task<T> SendOnceAsync<T>(
        string operation,
        Question[] statements,
        Func<DbDataReader, CancellationToken, Task<T>> read,
        CommandBehavior reading,
        CancellationToken cancellation)
    {
        await using var batch = _source.CreateBatch();
        foreach (var statement in statements) batch.BatchCommands.Add(PostgreSqlStatements.Command(statement));
        await using var reader = await batch.ExecuteReaderAsync(reading, cancellation);
        return await ReadAsync(operation, reader, read, cancellation);
    }

    protected override bool LostConnection(Exception failure) => Failures.LostConnection(failure);

    protected override bool Repeats(Exception failure) => Failures.Repeats(failure);

    protected override bool IsOfTheServer(Exception failure) => failure is NpgsqlException or IOException or TimeoutException or ObjectDisposedException;

    protected override void GiveUp() => _source.Clear();

    protected override ValueTask CloseAsync() => _source.DisposeAsync();
}
