using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Group;

namespace MailGrains.Storage.SqlServer.Group;

/// <summary>Group commits on SQL Server.</summary>
internal sealed class SqlServerGroupEngine(string connectionString, StorageMetrics metrics, int partitions) : IGroupEngine
{
    public async Task<IGroupSession> EnterAsync(Guid writer, long generation, CancellationToken cancellation) =>
        await WriterSession.EnterAsync(connectionString, metrics, partitions, writer, generation, cancellation);

    public bool RolledBack(Exception failure) => Failures.RolledBack(failure);

    public bool Repeats(Exception failure) => Failures.Repeats(failure);

    public bool IsOfTheWork(Exception failure) => Failures.IsOfTheWork(failure);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
