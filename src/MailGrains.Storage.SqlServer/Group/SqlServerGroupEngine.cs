using MailGrains.Storage.Commit;
using MailGrains.Storage.Relational;
using MailGrains.Storage.Relational.Group;

namespace MailGrains.Storage.SqlServer.Group;

/// <summary>Group commits on SQL Server.</summary>
internal sealed class SqlServerGroupEngine(string connectionString, StorageMetrics metrics, int partitions) : IGroupEngine
{
    private readonly GroupBatch _batch = new();

    public void Fill(IReadOnlyList<MailboxCommit> group, int[] shareOf, List<MailboxShare> shares) =>
        _batch.Fill(group, shareOf, shares, partitions);

    public void Clear() => _batch.Clear();

    public async Task<IGroupSession> EnterAsync(Guid writer, long generation, CancellationToken cancellation) =>
        await WriterSession.EnterAsync(connectionString, _batch, metrics, writer, generation, cancellation);

    public bool RolledBack(Exception failure) => Failures.RolledBack(failure);

    public bool Repeats(Exception failure) => Failures.Repeats(failure);

    public bool IsOfTheWork(Exception failure) => Failures.IsOfTheWork(failure);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
