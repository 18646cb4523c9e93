using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.Sessions;

namespace MailGrains.Grains.Mailboxes;

/// <content>Sessions: opened, ended, thrown out.</content>
internal sealed partial class MailboxGrain
{
    public async Task OpenSessionAsync(SessionId session, SessionOrigin origin, IMailboxObserver? observer)
    {
        await _loader.ClaimOrShowAsync();
        var earlier = _sessions.Find(session);
        var known = earlier is { IsAnnounced: true };
        var opened = new MailboxSession(session, origin, observer, earlier?.OpenedAt ?? Now())
        {
            IsAnnounced = known || _pipeline.Head is not null,
            LastUsed = Now(),
        };
        _sessions.Add(opened);
        KeepAlive();
        if (opened.IsAnnounced && !known) LogInAsync(opened).Ignore();
    }

    public Task IdentifySessionAsync(SessionId session, string clientId)
    {
        var identified = Session(session);
        identified.Origin = identified.Origin with { ClientId = clientId };
        return Task.CompletedTask;
    }

    public Task CloseSessionAsync(SessionId session)
    {
        if (_sessions.Remove(session) is not { } closed) return Task.CompletedTask;
        if (_sessions.Count == 0)
        {
            _keptUntil = default;
            DelayDeactivation(TimeSpan.Zero);
        }

        return _pipeline.Head is not null && closed.IsAnnounced ? CommitLogout(closed) : Task.CompletedTask;
    }

    public async Task EvictSessionsAsync(string reason)
    {
        var evicted = _sessions.RemoveAll();
        if (evicted.Count == 0) return;
        foreach (var session in evicted) _sessions.TellEvicted(session, reason);
        DelayDeactivation(TimeSpan.Zero);
        _keptUntil = default;
        while (_loader.Claimed() is { } claiming) await claiming;
        await Task.WhenAll(evicted.Where(s => s.IsAnnounced).Select(CommitLogout));
    }

    private async Task LogInAsync(MailboxSession session)
    {
        var turn = Turn(session);
        SessionEvents.Login(turn);
        try
        {
            await _pipeline.CommitAsync(turn);
        }
        catch (MailboxException)
        {
            // What a session does must not be in the log without its Login: it has to be opened again before it changes anything.
            session.IsAnnounced = false;
        }
    }

    private Task CommitLogout(MailboxSession closed)
    {
        var turn = Turn(closed);
        SessionEvents.Logout(turn, turn.Origin.At - closed.OpenedAt);
        return _pipeline.CommitAsync(turn);
    }
}
