using System.Collections.Concurrent;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>
/// Wakes every session in IDLE now and then, so that one whose mailbox has moved, and whose pushes were lost with the old
/// activation, finds its mailbox again. One timer for all.
/// </summary>
internal sealed class IdleHeartbeat : IDisposable
{
    private readonly ConcurrentDictionary<MailboxEar, bool> _idle = new();
    private readonly ITimer _timer;

    public IdleHeartbeat(ImapOptions options, TimeProvider time) =>
        _timer = time.CreateTimer(static self => ((IdleHeartbeat)self!).Beat(), this, options.IdleHeartbeat, options.IdleHeartbeat);

    public void Add(MailboxEar ear) => _idle[ear] = true;

    public void Remove(MailboxEar ear) => _idle.TryRemove(ear, out _);

    public void Beat()
    {
        foreach (var (ear, _) in _idle) ear.Wake();
    }

    public void Dispose() => _timer.Dispose();
}
