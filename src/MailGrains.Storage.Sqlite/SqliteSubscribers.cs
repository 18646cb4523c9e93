using System.Collections.Concurrent;
using MailGrains.Storage.Events;
using MailGrains.Storage.Sqlite.Native;
using MailGrains.Storage.Subscribers;

namespace MailGrains.Storage.Sqlite;

/// <summary>
/// The positions of subscribers in the mailboxes' database. Steps share the writer with the mail; those that wait for it at the same time share a transaction,
/// and with it an fsync.
/// </summary>
public sealed class SqliteSubscribers : ISubscriberStore
{
    private readonly ConcurrentQueue<(SubscriberAdvance Step, TaskCompletionSource<AdvanceOutcome> Done)> _steps = [];
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;

    internal SqliteSubscribers(SqliteReaders readers, SqliteWriter writer)
    {
        _readers = readers;
        _writer = writer;
    }

    public Task<IReadOnlyList<SubscriberPosition>> ListSubscribersAsync(CancellationToken cancellation) =>
        ReadAsync(db => db.Statement("ListSubscribers").ReadAll(Position), cancellation);

    public Task<SubscriberPosition?> FindSubscriberAsync(string subscriber, int partition, CancellationToken cancellation) =>
        ReadAsync(db => Find(db, subscriber, partition), cancellation);

    public Task<SubscriberPosition> StartSubscriberAsync(string subscriber, int partition, long position, CancellationToken cancellation) => _writer.RunAsync(
        db =>
        {
            db.Statement("StartSubscriber").Bind(1, subscriber).Bind(2, partition).Bind(3, position).Run();
            return Find(db, subscriber, partition)!;
        },
        cancellation);

    public Task<AdvanceOutcome> AdvanceAsync(SubscriberAdvance advance, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<AdvanceOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.Enqueue((advance, done));
        _ = AdvanceWaitingAsync();
        return done.Task;
    }

    public Task<bool> SetSubscriberStateAsync(string subscriber, SubscriberState state, CancellationToken cancellation) =>
        _writer.RunAsync(db => Any(db.Statement("SetSubscriberState").Bind(1, subscriber).Bind(2, (long)state)), cancellation);

    public Task<bool> MoveSubscriberAsync(string subscriber, int partition, long position, CancellationToken cancellation) =>
        _writer.RunAsync(db => Any(db.Statement("MoveSubscriber").Bind(1, subscriber).Bind(2, partition).Bind(3, position)), cancellation);

    public Task<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(
        string subscriber, int partition, long after, int limit, CancellationToken cancellation) => ReadAsync(
        db => db.Statement("ReadDeadLetters").Bind(1, subscriber).Bind(2, partition).Bind(3, after).Bind(4, limit).ReadAll(Dead), cancellation);

    public Task<bool> RemoveDeadLetterAsync(string subscriber, int partition, long position, CancellationToken cancellation) =>
        _writer.RunAsync(db => Any(db.Statement("RemoveDeadLetter").Bind(1, subscriber).Bind(2, partition).Bind(3, position)), cancellation);

    /// <summary>Whoever comes first takes all steps along; the others find none.</summary>
    private async Task AdvanceWaitingAsync()
    {
        var waiting = new List<(SubscriberAdvance Step, TaskCompletionSource<AdvanceOutcome> Done)>();
        try
        {
            var outcomes = await _writer.RunAsync(
                db =>
                {
                    while (_steps.TryDequeue(out var next)) waiting.Add(next);
                    return waiting.ConvertAll(w => Advance(db, w.Step));
                },
                CancellationToken.None);
            for (var i = 0; i < outcomes.Count; i++) waiting[i].Done.SetResult(outcomes[i]);
        }
        catch (Exception e)
        {
            // A closed store runs nothing, so nobody would take these from the queue.
            while (_steps.TryDequeue(out var next)) waiting.Add(next);
            foreach (var (_, done) in waiting) done.TrySetException(e);
        }
    }

    private static AdvanceOutcome Advance(SqliteDatabase database, SubscriberAdvance step)
    {
        var update = database.Statement("AdvanceSubscriber").Bind(1, step.Subscriber).Bind(2, step.Partition).Bind(3, step.From).Bind(4, step.To);
        if (!Any(update)) return AdvanceOutcome.Elsewhere;
        if (step.Dead is { } dead) Write(database, dead);
        return AdvanceOutcome.Advanced;
    }

    private static SubscriberPosition? Find(SqliteDatabase database, string subscriber, int partition) =>
        database.Statement("FindSubscriber").Bind(1, subscriber).Bind(2, partition).ReadAll(Position) is [var found] ? found : null;

    private static void Write(SqliteDatabase database, DeadLetter dead) => database.Statement("WriteDeadLetter")
        .Bind(1, dead.Subscriber).Bind(2, dead.Partition).Bind(3, dead.Position).Bind(4, dead.Error).Bind(5, dead.Attempts)
        .Bind(6, EventHash.Microseconds(dead.At)).Run();

    /// <summary>Runs a statement that returns a row for each it has changed.</summary>
    private static bool Any(SqliteStatement statement) => statement.ReadAll(_ => true).Count > 0;

    private static SubscriberPosition Position(SqliteStatement row) => new(row.Text(0), row.Int32(1), row.Int64(2), (SubscriberState)row.Int32(3));

    private static DeadLetter Dead(SqliteStatement row) => new(
        row.Text(0), row.Int32(1), row.Int64(2), row.Text(3), row.Int32(4), DateTimeOffset.UnixEpoch.AddTicks(row.Int64(5) * TimeSpan.TicksPerMicrosecond));

    private Task<T> ReadAsync<T>(Func<SqliteDatabase, T> read, CancellationToken cancellation) => Task.Run(() => _readers.Read(read), cancellation);
}
