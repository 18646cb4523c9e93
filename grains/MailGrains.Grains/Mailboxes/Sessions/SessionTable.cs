using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Mailboxes.Sessions;

/// <summary>The mailbox's open sessions.</summary>
internal sealed class SessionTable(AccountId account, int limit, TimeProvider time, ILogger logger)
{
    /// <summary>
    /// A session nothing was heard of for this long is forgotten: its frontend died. Frontends call at least every half an hour, IDLE
    /// or not.
    /// </summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>
    /// Where the limit is reached, one silent for this long gives way: its frontend may be dead. If it is not, the session is opened again when
    /// its client speaks. Sessions in IDLE are heard of twice a minute.
    /// </summary>
    private static readonly TimeSpan GivesWayAfter = TimeSpan.FromMinutes(5);

    /// <summary>A hint may get lost, so while changes go on it is repeated after this time.</summary>
    private static readonly TimeSpan HintAgain = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Guid, MailboxSession> _sessions = [];
    private readonly ClosedSessions _closed = new(time);

    public int Count => _sessions.Count;

    /// <exception cref="Contracts.Mailboxes.MailboxException">There are too many, or it was opened anew or closed before this call came.</exception>
    public void Add(MailboxSession session)
    {
        if (_sessions.TryGetValue(session.Id.Value, out var known) && known.Id.Opening > session.Id.Opening) throw MailboxFault.UnknownSession();
        if (_closed.Contains(session.Id.Value)) throw MailboxFault.UnknownSession();
        Forget(Lifetime);
        if (_sessions.Count >= limit && !session.Origin.IsAdmin && known is null)
        {
            Forget(GivesWayAfter);
            if (_sessions.Count >= limit) throw MailboxFault.Limit("Too many sessions of this user");
        }

        _sessions[session.Id.Value] = session;
    }

    private void Forget(TimeSpan silence)
    {
        var now = time.GetUtcNow();
        foreach (var silent in _sessions.Values.Where(s => now - s.LastUsed > silence).ToList()) _sessions.Remove(silent.Id.Value);
    }

    public bool HasSelected(FolderId folder) => _sessions.Values.Any(s => s.Selection?.Folder == folder);

    /// <summary>The session, whichever of its openings is here.</summary>
    public MailboxSession? Find(SessionId id) => _sessions.GetValueOrDefault(id.Value);

    /// <exception cref="Contracts.Mailboxes.MailboxException">The session is not open here.</exception>
    public MailboxSession Get(SessionId id)
    {
        if (!_sessions.TryGetValue(id.Value, out var session) || session.Id != id) throw MailboxFault.UnknownSession();
        session.LastUsed = time.GetUtcNow();
        session.HintedAt = null;
        return session;
    }

    /// <summary>Closes it for good, whichever of its openings is here, or none yet; but not one opened after this call was made.</summary>
    public MailboxSession? Remove(SessionId id)
    {
        if (_sessions.TryGetValue(id.Value, out var session) && session.Id.Opening > id.Opening) return null;
        _closed.Add(id.Value);
        _sessions.Remove(id.Value);
        return session;
    }

    /// <summary>Closes them for good: one whose client is not told cannot be opened again.</summary>
    public List<MailboxSession> RemoveAll(Func<MailboxSession, bool> which)
    {
        var removed = _sessions.Values.Where(which).ToList();
        foreach (var session in removed)
        {
            _closed.Add(session.Id.Value);
            _sessions.Remove(session.Id.Value);
        }

        return removed;
    }

    public void TellMoved()
    {
        foreach (var session in _sessions.Values) Tell(session, static observer => observer.Moved());
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
