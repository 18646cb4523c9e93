namespace MailGrains.Frontends.Connections;

/// <summary>When a session has to end, and what is told of it afterwards.</summary>
public sealed partial class LineConnection
{
    // A body that moves slower than this per idle time-out counts as standing still.
    private const int BodyProgress = 4096;

    private readonly Action _abort;
    private readonly long _acceptedTick;
    private long _activeTick;
    private long _stopTick;
    private long _bodyBytes;
    private int _stopping;
    private bool _loggedIn;
    private string? _endReason;

    /// <summary>Anything but <see cref="SessionStop.None"/>: finish the command at hand, say goodbye, return.</summary>
    public SessionStop Stopping => (SessionStop)Volatile.Read(ref _stopping);

    /// <summary>The account as people know it, for the log; empty before login.</summary>
    public string User { get; private set; } = "";

    public long Commands { get; private set; }

    /// <summary>Why the session ended, for the log. The first reason given stays.</summary>
    public string EndReason
    {
        get => _endReason ?? (Stopping == SessionStop.None ? "closed by client" : Words(Stopping));
        set => _endReason ??= value;
    }

    /// <summary>Lifts the login deadline; from here on the idle time-out counts.</summary>
    public void MarkAuthenticated(string user)
    {
        User = user;
        Volatile.Write(ref _loggedIn, true);
        MarkActive();
    }

    /// <summary>
    /// Call once for each complete command. Only this and <see cref="MarkBodyProgress"/> postpone the idle time-out: a line that
    /// trickles in byte by byte does not.
    /// </summary>
    public void MarkCommand()
    {
        Commands++;
        MarkActive();
    }

    /// <summary>Call for each piece of a literal or message body taken from the client.</summary>
    public void MarkBodyProgress(long bytes)
    {
        _bodyBytes += bytes;
        if (_bodyBytes < BodyProgress)
            return;
        _bodyBytes = 0;
        MarkActive();
    }

    /// <summary>
    /// Asks the session to end: a pending or the next read comes back cancelled, with <see cref="Stopping"/> set. What has
    /// not ended after the listener's grace period is cut off.
    /// </summary>
    public void Stop(SessionStop why)
    {
        Volatile.Write(ref _stopTick, _registry.Tick);
        if (Interlocked.CompareExchange(ref _stopping, (int)why, (int)SessionStop.None) == (int)SessionStop.None)
            CancelRead();
    }

    /// <summary>Makes a pending or the next read come back cancelled, so that a session in IDLE can look what is new.</summary>
    public void Wake()
    {
        if (Stopping == SessionStop.None)
            CancelRead();
    }

    /// <summary>Cuts the connection off without another word.</summary>
    public void Abort(string reason)
    {
        EndReason = reason;
        ThreadPool.UnsafeQueueUserWorkItem(static connection => connection._abort(), this, preferLocal: false);
    }

    /// <summary>The session is over; from now on only the stop deadline counts.</summary>
    internal void End()
    {
        _endReason ??= EndReason;
        Volatile.Write(ref _stopTick, _registry.Tick);
        Interlocked.CompareExchange(ref _stopping, (int)SessionStop.Kicked, (int)SessionStop.None);
    }

    internal void CheckDeadlines(long tick)
    {
        if (Stopping != SessionStop.None)
        {
            if (tick - Volatile.Read(ref _stopTick) > _options.StopGrace.TotalSeconds)
                Abort(EndReason);
        }
        else if (!Volatile.Read(ref _loggedIn) && Passed(tick - _acceptedTick, _options.LoginDeadline))
            Stop(SessionStop.LoginTimeout);
        else if (Passed(tick - Volatile.Read(ref _activeTick), _options.IdleTimeout))
            Stop(SessionStop.IdleTimeout);
    }

    /// <summary>Elsewhere, as an abort: the session goes on where its read is cancelled, and the caller may be a timer, or a call of a mailbox.</summary>
    private void CancelRead() => ThreadPool.UnsafeQueueUserWorkItem(static connection => connection._input.CancelPendingRead(), this, preferLocal: false);

    private static bool Passed(long seconds, TimeSpan limit) => limit != Timeout.InfiniteTimeSpan && seconds >= limit.TotalSeconds;

    private void MarkActive() => Volatile.Write(ref _activeTick, _registry.Tick);

    private static string Words(SessionStop why) => why switch
    {
        SessionStop.Draining => "server shutting down",
        SessionStop.IdleTimeout => "idle for too long",
        SessionStop.LoginTimeout => "no login in time",
        SessionStop.Kicked => "ended by the server",
        _ => "closed by client",
    };
}
