using MailGrains.Storage.Events;
using MailGrains.Storage.Records;

namespace MailGrains.Records;

/// <summary>Tells whether the records have caught up with the log.</summary>
/// <param name="subscriber">The name of the records' handler.</param>
public sealed class RecordsLag(string subscriber, IRecordStore store, IEventLog log, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Whether everything that was in the log when this was asked is recorded, at once or within <paramref name="patience"/>. Under load the log is always a
    /// little ahead, so without patience the answer would often be no.
    /// </summary>
    public async Task<bool> HasCaughtUpAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var head = await log.ReadHeadAsync(cancellation);
        var asked = time.GetTimestamp();
        while (await IsBehindAsync(head, cancellation))
        {
            if (time.GetElapsedTime(asked) >= patience) return false;
            await Task.Delay(LookAgain, time, cancellation);
        }

        return true;
    }

    private async Task<bool> IsBehindAsync(IReadOnlyList<long> head, CancellationToken cancellation)
    {
        var progress = (await store.ListProgressAsync(subscriber, cancellation)).ToDictionary(p => p.Partition, p => p.Position);
        for (var partition = 0; partition < head.Count; partition++)
        {
            if (progress.GetValueOrDefault(partition) < head[partition]) return true;
        }

        return false;
    }
}
