using MailGrains.Storage.Events;
using MailGrains.Storage.Records;

namespace MailGrains.Records;

/// <summary>Tells whether the records have caught up with the log.</summary>
/// <param name="subscriber">The name of the records' handler.</param>
public sealed class RecordsLag(string subscriber, IRecordStore store, IEventLog log, TimeProvider time)
{
    private readonly LogLag _lag = new(
        async cancellation => (await store.ListProgressAsync(subscriber, cancellation)).ToDictionary(p => p.Partition, p => p.Position), log, time);

    /// <inheritdoc cref="LogLag.HasCaughtUpAsync"/>
    public Task<bool> HasCaughtUpAsync(TimeSpan patience, CancellationToken cancellation) => _lag.HasCaughtUpAsync(patience, cancellation);
}
