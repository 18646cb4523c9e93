using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Group;
using Npgsql;

namespace MailGrains.Storage.PostgreSql.Group;

/// <summary>Group commits on PostgreSQL.</summary>
internal sealed class PostgreSqlGroupEngine(string connectionString, StorageMetrics metrics, int partitions) : IGroupEngine
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    public async Task<IGroupSession> EnterAsync(Guid writer, long generation, CancellationToken cancellation) =>
        await WriterSession.EnterAsync(_source, metrics, partitions, writer, generation, cancellation);

    public bool RolledBack(Exception failure) => Failures.RolledBack(failure);

    public bool Repeats(Exception failure) => Failures.Repeats(failure);

    public bool IsOfTheWork(Exception failure) => Failures.IsOfTheWork(failure);

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
