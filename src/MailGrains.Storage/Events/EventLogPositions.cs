namespace MailGrains.Storage.Events;

/// <summary>Finds positions in a partition, by reading single events.</summary>
public static class EventLogPositions
{
    /// <summary>The first position that is kept, or null in an empty partition.</summary>
    public static async Task<long?> FirstKeptAsync(this IEventLog log, int partition, CancellationToken cancellation) =>
        await log.ReadAsync(partition, 0, 1, cancellation) is [var first, ..] ? first.Position : null;

    /// <summary>The position behind which all events lie that are kept; 0 in an empty partition.</summary>
    public static async Task<long> BeforeFirstAsync(this IEventLog log, int partition, CancellationToken cancellation) =>
        (await log.FirstKeptAsync(partition, cancellation) ?? 1) - 1;

    /// <summary>
    /// The position behind which events from <paramref name="at"/> on lie: the one before the first of them, or the last when all are older. Mailboxes take
    /// their times before they commit, so near that time single events may be on the other side.
    /// </summary>
    public static async Task<long> FindBeforeAsync(this IEventLog log, int partition, DateTimeOffset at, CancellationToken cancellation)
    {
        // Everything up to "older" is older, everything behind "last" is not.
        var older = await log.BeforeFirstAsync(partition, cancellation);
        var last = (await log.ReadHeadAsync(cancellation))[partition];
        while (older < last)
        {
            var middle = older + ((last - older - 1) / 2);
            var events = await log.ReadAsync(partition, middle, 1, cancellation);
            if (events is [var one, ..] && one.Event.At < at) older = one.Position;
            else last = middle;
        }

        return older;
    }
}
