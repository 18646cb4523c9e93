using MailGrains.Evidence.Merkle;
using MailGrains.Evidence.Signing;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using MailGrains.Storage.Subscribers;
using Microsoft.Extensions.Logging;

namespace MailGrains.Evidence.Retention;

/// <summary>
/// Removes events from the beginning of each partition (ADR 43). An event goes, with all before it, when
/// <list type="number">
/// <item>the clock is trusted,</item>
/// <item>a head is signed that covers it, and its tile of hashes is full,</item>
/// <item>every subscriber that ever started has handled it, paused ones too, and every one that is configured has started,</item>
/// <item>it and all before it are older than they are kept: one that a wrong clock dated back goes with its neighbours,</item>
/// <item>it is not behind the first act of a case: a case is its log,</item>
/// <item>it is not needed to know the directory as it was at any moment since then: where the directory's log is, it stands before the last snapshot of that
/// log that is old enough.</item>
/// </list>
/// </summary>
public sealed class LogRetention(
    LogSigner signer,
    IEventLog log,
    IEventRetention retention,
    ISubscriberStore subscribers,
    RetentionClock clock,
    LogRetentionOptions options,
    ILogger<LogRetention> logger)
{
    private const int Page = 500;

    /// <summary>Events of a partition looked at in one run.</summary>
    private const int MostAtOnce = 100_000;

    /// <summary>The first event in the log of a case, and in the register of all cases.</summary>
    private const string FirstOfCase = "CaseCreate";

    private readonly Dictionary<int, string> _told = [];

    /// <summary>To be called every few minutes, also when there is nothing to remove: it looks at the clock.</summary>
    /// <returns>How many events were removed.</returns>
    public async Task<long> RunAsync(CancellationToken cancellation)
    {
        try
        {
            // 1
            if (await clock.LookAsync(cancellation) is not { } now) return 0;
            if (await signer.ReadLastAsync(cancellation) is not { } head) return 0;
            var starts = (await retention.ReadStartsAsync(cancellation)).ToDictionary(s => s.Partition);
            var places = await subscribers.ListSubscribersAsync(cancellation);
            var cuts = new List<LogCut>();
            for (var partition = 0; partition < log.Partitions; partition++)
            {
                var start = starts.GetValueOrDefault(partition) ?? LogStart.Whole(partition);
                if (await ChooseAsync(start, head.Head.Partitions[partition].Size, places, now, cancellation) is { } cut) cuts.Add(cut);
            }

            if (cuts.Count == 0) return 0;
            var removed = await signer.ShortenAsync(cuts, cancellation);
            if (removed > 0) Log.Shortened(logger, removed, options.KeepFor);
            return removed;
        }
        catch (LogBrokenException)
        {
            // The signer has told so; nothing is removed from a log that is in doubt.
            return 0;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.NotShortened(logger, failure);
            return 0;
        }
    }

    private async Task<LogCut?> ChooseAsync(
        LogStart start, long signed, IReadOnlyList<SubscriberPosition> places, DateTimeOffset now, CancellationToken cancellation)
    {
        // 2: the last event of what was signed stays, as it is compared with what was signed.
        var covered = Math.Max(0, signed - 1);

        // 3
        var slowest = Slowest(start, places);
        var end = Math.Min(Math.Min(covered, slowest?.Position ?? covered), start.Removed + MostAtOnce);

        // 6
        if (start.Partition == EventPartition.Of(DirectoryLog.Id, log.Partitions))
            end = Math.Min(end, await BeforeSnapshotAsync(now - options.KeepFor, cancellation));

        // 4, 5
        var (old, latest, reached, reason) = await OldAsync(start, end, now - options.KeepFor, cancellation);
        if (reason is null && slowest is { } holding && holding.Position < covered && reached == holding.Position)
            reason = $"subscriber {holding.Subscriber}";
        Tell(start.Partition, reason, old);
        return old > start.Removed ? new LogCut(start.Partition, old, latest) : null;
    }

    /// <summary>The position before the snapshot of the directory that has to stay: the last one that is old enough, or the first.</summary>
    private async Task<long> BeforeSnapshotAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var position = long.MaxValue;
        await foreach (var record in log.ReadAllAsync(DirectoryLog.Id, cancellation))
        {
            if (record.Event.Type != DirectoryLog.Snapshot) continue;
            if (record.Event.At >= before && position < long.MaxValue) return position;
            position = record.Position - 1;
        }

        return position;
    }

    private (string Subscriber, long Position)? Slowest(LogStart start, IReadOnlyList<SubscriberPosition> places)
    {
        var here = places.Where(p => p.Partition == start.Partition).ToList();
        foreach (var name in options.Subscribers)
            if (!here.Exists(p => p.Subscriber == name)) return (name, start.Removed);
        return here.MinBy(p => p.Position) is { } slowest ? (slowest.Subscriber, slowest.Position) : null;
    }

    /// <summary>
    /// The end of the last full tile in which, and before which, all is old; the latest time up to there; the last event that is old; and what else than age
    /// ended the search.
    /// </summary>
    private async Task<(long To, DateTimeOffset Latest, long Reached, string? Reason)> OldAsync(
        LogStart start, long end, DateTimeOffset before, CancellationToken cancellation)
    {
        var (to, latestOfTo, position, latest) = (start.Removed, start.Latest, start.Removed, start.Latest);
        while (position < end && await log.ReadAsync(start.Partition, position, (int)Math.Min(Page, end - position), cancellation) is { Count: > 0 } page)
        {
            foreach (var record in page)
            {
                if (record.Event.At > latest) latest = record.Event.At;
                if (latest >= before) return (to, latestOfTo, position, null);
                if (record.Event.Type == FirstOfCase) return (to, latestOfTo, position, "the log of a case");
                position = record.Position;
                if (position % TileId.FullWidth == 0) (to, latestOfTo) = (position, latest);
            }
        }

        return (to, latestOfTo, position, null);
    }

    /// <summary>Once for each reason: who is behind is behind for hours.</summary>
    private void Tell(int partition, string? reason, long position)
    {
        if (reason is null) _told.Remove(partition);
        else if (_told.GetValueOrDefault(partition) != reason) Log.HeldBack(logger, partition, position, _told[partition] = reason);
    }
}
