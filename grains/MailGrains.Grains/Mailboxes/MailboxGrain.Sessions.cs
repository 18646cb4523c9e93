using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.Sessions;
using MailGrains.Model;
using MailGrains.Storage;

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
            IsAnnounced = known,
            LastUsed = Now(),
        };
        _sessions.Add(opened);
        KeepAlive();
        if (known) return;

        // Asked with the session in the table: who is disabled after the answer has it found there, and ended.
        if (origin.Actor is { } actor && !await MayActAsync(actor))
        {
            await CloseSessionAsync(session);
            throw MailboxFault.Disabled();
        }

        if (!ReferenceEquals(_sessions.Find(session), opened)) throw MailboxFault.UnknownSession();
        if (_pipeline.Head is null) return;
        opened.IsAnnounced = true;
        LogInAsync(opened).Ignore();
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

    public Task EvictSessionsAsync(string reason) => EvictAsync(static _ => true, reason);

    public Task EvictDomainAsync(string domain, string reason) =>
        EvictAsync(session => session.Origin.Login?.EndsWith("@" + domain, StringComparison.OrdinalIgnoreCase) == true, reason);

    private async Task EvictAsync(Func<MailboxSession, bool> which, string reason)
    {
        var evicted = _sessions.RemoveAll(which);
        if (evicted.Count == 0) return;
        foreach (var session in evicted) _sessions.TellEvicted(session, reason);
        if (_sessions.Count == 0)
        {
            DelayDeactivation(TimeSpan.Zero);
            _keptUntil = default;
        }

        while (_loader.Claimed() is { } claiming) await claiming;
        await Task.WhenAll(evicted.Where(s => s.IsAnnounced).Select(CommitLogout));
    }

    /// <summary>Whether an account that could log in is still there, and not disabled.</summary>
    private async Task<bool> MayActAsync(AccountId actor)
    {
        try
        {
            return await GrainFactory.GetGrain<IAccountGrain>(actor.Value).GetAsync() is { Disabled: false };
        }
        catch (StoreUnavailableException)
        {
            throw MailboxFault.Unavailable();
        }
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
