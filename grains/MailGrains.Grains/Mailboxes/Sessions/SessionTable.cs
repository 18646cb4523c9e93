using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Mailboxes.Sessions;

/// <summary>The mailbox's open sessions.</summary>
internal sealed class SessionTable(AccountId account, TimeProvider time, ILogger logger)
{
    /// <summary>
    /// A session nothing was heard of for this long is forgotten: its frontend died. Frontends call at least every half an hour, IDLE
    /// or not.
    /// </summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>A hint may get lost, so while changes go on it is repeated after this time.</summary>
    private static readonly TimeSpan HintAgain = TimeSpan.FromSeconds(1);

    private readonly Dictionary<SessionId, MailboxSession> _sessions = [];

    public int Count => _sessions.Count;

    public void Add(MailboxSession session)
    {
        var now = time.GetUtcNow();
        foreach (var silent in _sessions.Values.Where(s => now - s.LastUsed > Lifetime).ToList()) _sessions.Remove(silent.Id);
        _sessions[session.Id] = session;
    }

    public bool HasSelected(FolderId folder) => _sessions.Values.Any(s => s.Selection?.Folder == folder);

    public bool IsAnnounced(SessionId id) => _sessions.TryGetValue(id, out var session) && session.IsAnnounced;

    /// <exception cref="Contracts.Mailboxes.MailboxException">The session is not open here.</exception>
    public MailboxSession Get(SessionId id)
    {
        if (!_sessions.TryGetValue(id, out var session)) throw MailboxFault.UnknownSession();
        session.LastUsed = time.GetUtcNow();
        session.HintedAt = null;
        return session;
    }

    public MailboxSession? Remove(SessionId id) => _sessions.Remove(id, out var session) ? session : null;

    public List<MailboxSession> RemoveAll()
    {
        var all = _sessions.Values.ToList();
        _sessions.Clear();
        return all;
    }

    public void TellEvicted(MailboxSession session, string reason) => Tell(session, observer => observer.Evicted(reason));

    /// <summary>Hints the sessions that have one of the changed folders selected, but for the one that made the change.</summary>
    public void Notify(MailboxTurn turn)
    {
        if (_sessions.Count == 0 || (turn.Touched.Count == 0 && turn.Deleted.Count == 0)) return;
        var now = time.GetUtcNow();
        foreach (var session in _sessions.Values)
        {
            if (session.Observer is null || session.Selection is not { } selection || session.Id == turn.Origin.Session) continue;
            if (!turn.Touched.Contains(selection.Folder) && !turn.Deleted.Contains(selection.Folder)) continue;
            if (session.HintedAt is { } at && now - at < HintAgain) continue;
            session.HintedAt = now;
            Tell(session, observer => observer.Changed(selection.Folder, turn.CurrentModSeq));
        }
    }

    private void Tell(MailboxSession session, Action<IMailboxObserver> call)
    {
        try
        {
            if (session.Observer is { } observer) call(observer);
        }
        catch (Exception failure)
        {
            Log.ObserverFailed(logger, failure, account);
        }
    }
}
