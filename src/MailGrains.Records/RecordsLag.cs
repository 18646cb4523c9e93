using MailGrains.Storage.Events;
using MailGrains.Storage.Records;

namespace MailGrains.Records;

/// <summary>Tells whether the records have caught up with the log. Records of another log never have, however far they are.</summary>
/// <param name="subscriber">The name of the records' handler.</param>
public sealed class RecordsLag(string subscriber, IRecordReader records, IEventLog log, TimeProvider time)
{
    private readonly LogLag _lag = new(cancellation => RecordedLog.ReadProgressAsync(records, subscriber, log, cancellation), log, time);

    /// <inheritdoc cref="LogLag.HasCaughtUpAsync"/>
    public Task<bool> HasCaughtUpAsync(TimeSpan patience, CancellationToken cancellation) => _lag.HasCaughtUpAsync(patience, cancellation);
}
