namespace MailGrains.Grains.Mailboxes.Sessions;

/// <summary>
/// Which sessions were closed lately. A call to open one may have been given up and still be under way; carried out after the close, it would open
/// a session that nobody uses.
/// </summary>
internal sealed class ClosedSessions(TimeProvider time)
{
    /// <summary>Calls expire fifteen seconds after they were made; the rest is for machines that hung, and for clocks that differ.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(2);

    /// <summary>Clients that come and go faster than this push out the oldest: 6 KB for a mailbox at most.</summary>
    public const int Most = 256;

    // Seldom more than a few, and asked only when a session opens: no need of a set beside it.
    private readonly Queue<(Guid Session, long At)> _closed = [];

    public void Add(Guid session)
    {
        Forget();
        if (_closed.Count == Most) _closed.Dequeue();
        _closed.Enqueue((session, time.GetTimestamp()));
    }

    public bool Contains(Guid session)
    {
        Forget();
        return _closed.Any(closed => closed.Session == session);
    }

    private void Forget()
    {
        while (_closed.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > Kept) _closed.Dequeue();
    }
}
