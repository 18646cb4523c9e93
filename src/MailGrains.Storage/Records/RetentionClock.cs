namespace MailGrains.Storage.Records;

/// <summary>
/// Nothing is deleted early because a clock was wrong: the wall clock is trusted once the server has run for a day with it. Whoever sets it by more than some
/// minutes, or starts the server with one that is not where it should be, starts that day anew. What is left of the day is kept in the store, so that
/// restarts don't put it off for ever.
/// </summary>
public sealed class RetentionClock(IClockStore store, TimeProvider time)
{
    /// <summary>How far wall and monotonic time may come apart within the life of a process, all in all.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>How long a server may have been off without making anybody suspicious.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);

    /// <summary>For how long the server has to run before a clock is trusted.</summary>
    public static readonly TimeSpan Probation = TimeSpan.FromHours(24);

    /// <summary>
    /// Several processes look and write what they saw. Their clocks are witnesses for each other: where one is elsewhere none is trusted, and none is at its
    /// first look, before the others had theirs.
    /// </summary>
    public bool IsShared { get; init; }

    private (DateTimeOffset Wall, long Ticks)? _anchor;
    private DateTimeOffset _wrote;
    private long _looked;
    private TimeSpan _waiting;

    /// <summary>Looks at the clock; to be called every few minutes, by one at a time. Returns the time, or null while it is not to be trusted.</summary>
    public async Task<DateTimeOffset?> LookAsync(CancellationToken cancellation)
    {
        var (wall, ticks) = (time.GetUtcNow(), time.GetTimestamp());
        var isFirst = _anchor is null;
        if (_anchor is not { } anchor)
        {
            _waiting = Start(await store.ReadClockAsync(cancellation), wall);
            _anchor = (wall, ticks);
        }
        else if (((wall - anchor.Wall) - time.GetElapsedTime(anchor.Ticks, ticks)).Duration() > Tolerance
            || (IsShared && await IsContradictedAsync(wall, cancellation)))
        {
            _waiting = Probation;
            _anchor = (wall, ticks);
        }
        else
        {
            var run = time.GetElapsedTime(_looked, ticks);
            _waiting = run < _waiting ? _waiting - run : TimeSpan.Zero;
        }

        (_looked, _wrote) = (ticks, wall);
        await store.WriteClockAsync(new ClockState(wall, _waiting), cancellation);
        return _waiting == TimeSpan.Zero && !(IsShared && isFirst) ? wall : null;
    }

    /// <summary>Whether somebody has written a time since the last look here that can't have been.</summary>
    private async Task<bool> IsContradictedAsync(DateTimeOffset wall, CancellationToken cancellation) =>
        await store.ReadClockAsync(cancellation) is { } seen && (seen.Wall > wall + Tolerance || seen.Wall < _wrote - Tolerance);

    private static TimeSpan Start(ClockState? before, DateTimeOffset wall)
    {
        if (before is null) return Probation;
        var off = wall - before.Wall;
        return off < -Tolerance || off > LongestPause ? Probation : before.Waiting;
    }
}
