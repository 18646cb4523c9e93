using System.Data.Common;
using MailGrains.Storage.Checkpoints;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational;

/// <summary>The checkpoint history in a database on a server; every method is one round trip.</summary>
public sealed class RelationalCheckpoints : ICheckpointStore
{
    private readonly IDatabase _database;

    internal RelationalCheckpoints(IDatabase database) => _database = database;

    public async Task<CheckpointRow?> ReadLastAsync(CheckpointKind kind, CancellationToken cancellation) =>
        await ListAsync(new("ReadLastCheckpoint", (int)kind), Row, cancellation) is [var last] ? last : null;

    public Task<IReadOnlyList<CheckpointRow>> ReadAsync(CheckpointKind kind, long after, int limit, CancellationToken cancellation) =>
        ListAsync(new("ReadCheckpoints", (int)kind, after, (long)limit), Row, cancellation);

    public async Task<bool> AddAsync(CheckpointRow row, CancellationToken cancellation) =>
        (await ListAsync(new("AddCheckpoint", (int)row.Kind, row.Number, row.Octets.ToArray()), _ => true, cancellation)).Count > 0;

    private static CheckpointRow Row(DbDataReader row) => new((CheckpointKind)row.GetInt32(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2));

    private async Task<IReadOnlyList<T>> ListAsync<T>(Question asked, Func<DbDataReader, T> read, CancellationToken cancellation) =>
        await _database.AskAsync("checkpoints", [asked], (r, c) => Rows.AllAsync(r, read, c), cancellation);
}
