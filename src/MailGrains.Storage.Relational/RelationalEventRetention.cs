using System.Data.Common;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational;

/// <summary>Removes the oldest events in a database on a server; every method is one round trip.</summary>
public sealed class RelationalEventRetention : IEventRetention
{
    private readonly IDatabase _database;

    internal RelationalEventRetention(IDatabase database) => _database = database;

    public Task<IReadOnlyList<LogStart>> ReadStartsAsync(CancellationToken cancellation) =>
        ListAsync("retention.starts", [new("ReadLogStarts")], Start, cancellation);

    public async Task<bool> CutAsync(long from, LogStart to, CancellationToken cancellation)
    {
        Question[] asked =
        [
            new("AddLogStart", to.Partition),
            new("CutLog", to.Partition, from, to.Removed, EventHash.Microseconds(to.Latest), to.Edge.ToArray()),
        ];
        return (await ListAsync("retention.cut", asked, _ => true, cancellation)).Count > 0;
    }

    public async Task<ClockState?> ReadClockAsync(CancellationToken cancellation) =>
        await ListAsync("retention.clock", [new("ReadLogClock")], Clock, cancellation) is [var found] ? found : null;

    public Task WriteClockAsync(ClockState state, CancellationToken cancellation) => ListAsync(
        "retention.clock",
        [new("WriteLogClock", EventHash.Microseconds(state.Wall), (long)state.Waiting.TotalMicroseconds)],
        _ => true,
        cancellation);

    private static LogStart Start(DbDataReader row) => new(row.GetInt32(0), row.GetInt64(1), Time(row.GetInt64(2)), row.GetFieldValue<byte[]>(3));

    private static ClockState Clock(DbDataReader row) => new(Time(row.GetInt64(0)), TimeSpan.FromMicroseconds(row.GetInt64(1)));

    private static DateTimeOffset Time(long microseconds) => EventHash.TimeOf(microseconds);

    private async Task<IReadOnlyList<T>> ListAsync<T>(string operation, Question[] asked, Func<DbDataReader, T> read, CancellationToken cancellation) =>
        await _database.AskAsync(operation, asked, (r, c) => Rows.AllAsync(r, read, c), cancellation);
}
