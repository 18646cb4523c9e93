using MailGrains.Storage.Events;

namespace MailGrains.Storage.Records;

/// <summary>
/// Knows the log again that the records were made from. When the mail alone was put back from a backup, other events get the positions that are
/// recorded already.
/// </summary>
public static class RecordedLog
{
    /// <summary>How far the records are in each partition of a log; -1: they are of another log.</summary>
    public static async Task<IReadOnlyDictionary<int, long>> ReadProgressAsync(
        IRecordReader records, string subscriber, IEventLog log, CancellationToken cancellation)
    {
        var progress = new Dictionary<int, long>();
        foreach (var reached in await records.ListProgressAsync(subscriber, cancellation))
            progress[reached.Partition] = await IsSameAsync(reached, log, cancellation) ? reached.Position : -1;
        return progress;
    }

    /// <summary>Whether the last event whose effect is recorded is in a log, or was removed from its beginning, with all before it.</summary>
    public static async Task<bool> IsSameAsync(RecordPosition reached, IEventLog log, CancellationToken cancellation)
    {
        if (reached.Position == 0) return true;
        return await log.ReadAsync(reached.Partition, reached.Position - 1, 1, cancellation) is [var found]
            && (found.Position > reached.Position || reached.Hash is not { } hash || found.Event.Hash == hash);
    }
}
