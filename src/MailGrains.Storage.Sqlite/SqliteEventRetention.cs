using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite;

/// <summary>Removes the oldest events in the mailboxes' database, in transactions of its own between those of the mail.</summary>
public sealed class SqliteEventRetention : IEventRetention
{
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;

    internal SqliteEventRetention(SqliteReaders readers, SqliteWriter writer)
    {
        _readers = readers;
        _writer = writer;
    }

    public Task<IReadOnlyList<LogStart>> ReadStartsAsync(CancellationToken cancellation) =>
        ReadAsync(db => db.Statement("ReadLogStarts").ReadAll(Start), cancellation);

    public Task<bool> CutAsync(long from, LogStart to, CancellationToken cancellation) => _writer.RunAsync(db => Cut(db, from, to), cancellation);

    public Task<ClockState?> ReadClockAsync(CancellationToken cancellation) =>
        ReadAsync(db => db.Statement("ReadLogClock").ReadAll(Clock) is [var found] ? found : null, cancellation);

    public Task WriteClockAsync(ClockState state, CancellationToken cancellation) => _writer.RunAsync(
        db =>
        {
            db.Statement("WriteLogClock").Bind(1, EventHash.Microseconds(state.Wall)).Bind(2, (long)state.Waiting.TotalMicroseconds).Run();
            return true;
        },
        cancellation);

    private static bool Cut(SqliteDatabase database, long from, LogStart to)
    {
        database.Statement("AddLogStart").Bind(1, to.Partition).Run();
        var move = database.Statement("MoveLogStart").Bind(1, to.Partition).Bind(2, from).Bind(3, to.Removed)
            .Bind(4, EventHash.Microseconds(to.Latest)).Bind(5, to.Edge.Span);
        if (move.ReadAll(_ => true).Count == 0) return false;
        database.Statement("RemoveEvents").Bind(1, Keys.Event(to.Partition, from)).Bind(2, Keys.Event(to.Partition, to.Removed)).Run();
        return true;
    }

    private static LogStart Start(SqliteStatement row) => new(row.Int32(0), row.Int64(1), Time(row.Int64(2)), row.Blob(3).ToArray());

    private static ClockState Clock(SqliteStatement row) => new(Time(row.Int64(0)), TimeSpan.FromMicroseconds(row.Int64(1)));

    private static DateTimeOffset Time(long microseconds) => EventHash.TimeOf(microseconds);

    private Task<T> ReadAsync<T>(Func<SqliteDatabase, T> read, CancellationToken cancellation) => Task.Run(() => _readers.Read(read), cancellation);
}
