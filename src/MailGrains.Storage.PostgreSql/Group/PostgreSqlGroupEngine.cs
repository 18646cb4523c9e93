using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Group;
using Npgsql;

namespace MailGrains.Storage.PostgreSql.Group;

/// <summary>Group commits on PostgreSQL.</summary>
/// <param name="connectionString">Of the writer's connection.</param>
/// <param name="allowUnsafe">Also where the server's settings would lose acknowledged mail in a crash.</param>
/// <param name="metrics">Counts requests.</param>
/// <param name="partitions">Of the event log.</param>
internal sealed class PostgreSqlGroupEngine(string connectionString, bool allowUnsafe, StorageMetrics metrics, int partitions) : IGroupEngine
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    public async Task<IGroupSession> EnterAsync(Guid writer, long generation, CancellationToken cancellation) =>
        await WriterSession.EnterAsync(_source, allowUnsafe, metrics, partitions, writer, generation, cancellation);

    public bool RolledBack(Exception failure) => Failures.RolledBack(failure);

    public bool Repeats(Exception failure) => Failures.Repeats(failure);

    public bool IsOfTheWork(Exception failure) => Failures.IsOfTheWork(failure);

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
