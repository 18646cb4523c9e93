using MailGrains.Storage.Events;
using MailGrains.Storage.Sqlite.Native;
using MailGrains.Storage.Subscribers;

namespace MailGrains.Storage.Sqlite;

/// <summary>
/// The positions of subscribers in the mailboxes' database. Steps share the writer with the mail, and transactions with it and with each other.
/// </summary>
public sealed class SqliteSubscribers : ISubscriberStore
{
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;

    internal SqliteSubscribers(SqliteReaders readers, SqliteWriter writer, TimeSpan patience)
    {
        _readers = readers;
        _writer = writer;
        Steps = new SubscriberSteps(writer, patience);
    }

    internal SubscriberSteps Steps { get; }

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

    public Task<AdvanceOutcome> AdvanceAsync(SubscriberAdvance advance, CancellationToken cancellation) => Steps.WriteAsync(advance);

    public Task<bool> SetSubscriberStateAsync(string subscriber, SubscriberState state, CancellationToken cancellation) =>
        _writer.RunAsync(db => Any(db.Statement("SetSubscriberState").Bind(1, subscriber).Bind(2, (long)state)), cancellation);

    public Task<bool> MoveSubscriberAsync(string subscriber, int partition, long position, CancellationToken cancellation) =>
        _writer.RunAsync(db => Any(db.Statement("MoveSubscriber").Bind(1, subscriber).Bind(2, partition).Bind(3, position)), cancellation);

    public Task<bool> ForgetSubscriberAsync(string subscriber, CancellationToken cancellation) => _writer.RunAsync(
        db =>
        {
            db.Statement("ForgetDeadLetters").Bind(1, subscriber).Run();
            return Any(db.Statement("ForgetSubscriber").Bind(1, subscriber));
        },
        cancellation);

    public Task<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(
        string subscriber, int partition, long after, int limit, CancellationToken cancellation) => ReadAsync(
        db => db.Statement("ReadDeadLetters").Bind(1, subscriber).Bind(2, partition).Bind(3, after).Bind(4, limit).ReadAll(Dead), cancellation);

    public Task<bool> RemoveDeadLetterAsync(string subscriber, int partition, long position, CancellationToken cancellation) =>
        _writer.RunAsync(db => Any(db.Statement("RemoveDeadLetter").Bind(1, subscriber).Bind(2, partition).Bind(3, position)), cancellation);

    private static SubscriberPosition? Find(SqliteDatabase database, string subscriber, int partition) =>
        database.Statement("FindSubscriber").Bind(1, subscriber).Bind(2, partition).ReadAll(Position) is [var found] ? found : null;

    /// <summary>Runs a statement that returns a row for each it has changed.</summary>
    private static bool Any(SqliteStatement statement) => statement.ReadAll(_ => true).Count > 0;

    private static SubscriberPosition Position(SqliteStatement row) => new(row.Text(0), row.Int32(1), row.Int64(2), (SubscriberState)row.Int32(3));

    private static DeadLetter Dead(SqliteStatement row) => new(
        row.Text(0), row.Int32(1), row.Int64(2), row.Text(3), row.Int32(4), DateTimeOffset.UnixEpoch.AddTicks(row.Int64(5) * TimeSpan.TicksPerMicrosecond));

    private Task<T> ReadAsync<T>(Func<SqliteDatabase, T> read, CancellationToken cancellation) => Task.Run(() => _readers.Read(read), cancellation);
}
