using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.Sessions;
using MailGrains.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>How many sessions a mailbox takes, and which give way.</summary>
public sealed class SessionLimitTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SessionTable _table;

    public SessionLimitTests() => _table = new SessionTable(AccountId.New(TimeProvider.System), limit: 2, _time, NullLogger.Instance);

    [Fact]
    public void One_too_many_is_refused_until_another_ends()
    {
        var first = Add();
        Add();
        Assert.Equal(MailboxError.Limit, Assert.Throws<MailboxException>(() => Add()).Error);
        _table.Remove(first);
        Add();
    }

    [Fact]
    public void A_session_that_is_opened_again_counts_once()
    {
        Add();
        var second = Add();
        Add(second);
        Assert.Equal(2, _table.Count);
    }

    [Fact]
    public void One_silent_for_minutes_gives_way_and_one_that_speaks_does_not()
    {
        var silent = Add();
        var speaking = Add();
        _time.Advance(TimeSpan.FromMinutes(6));
        _table.Get(speaking);
        Add();
        Assert.Equal(MailboxError.UnknownSession, Assert.Throws<MailboxException>(() => _table.Get(silent)).Error);
        Assert.Equal(MailboxError.Limit, Assert.Throws<MailboxException>(() => Add(silent)).Error);
        Assert.Same(_table.Get(speaking), _table.Get(speaking));
    }

    [Fact]
    public void Silence_alone_ends_no_session()
    {
        var quiet = Add();
        _time.Advance(TimeSpan.FromMinutes(40));
        Add();
        Assert.Equal(quiet, _table.Get(quiet).Id);
    }

    [Fact]
    public void The_administration_is_not_kept_out()
    {
        Add();
        Add();
        Add(isAdmin: true);
        Assert.Equal(3, _table.Count);
    }

    [Fact]
    public void A_closed_session_is_not_opened_by_a_call_that_comes_late()
    {
        var opened = Add();
        var neverSeen = SessionId.New(TimeProvider.System).Anew();
        var halfOpened = Add();
        foreach (var closed in new[] { opened, neverSeen, halfOpened.Anew() })
        {
            _table.Remove(closed);
            Assert.Equal(MailboxError.UnknownSession, Assert.Throws<MailboxException>(() => Add(closed)).Error);
        }

        Assert.Equal(MailboxError.UnknownSession, Assert.Throws<MailboxException>(() => Add(halfOpened)).Error);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void A_close_that_comes_late_closes_no_later_opening()
    {
        var late = Add();
        var session = Add(late.Anew());
        Assert.Null(_table.Remove(late));
        Assert.Equal(session, _table.Get(session).Id);
        Add(session.Anew());
    }

    [Fact]
    public void Closed_sessions_are_remembered_for_minutes_and_no_more_than_some_hundred()
    {
        var closed = new ClosedSessions(_time);
        var (first, last) = (Guid.NewGuid(), Guid.NewGuid());
        closed.Add(first);
        for (var i = 1; i < ClosedSessions.Most; i++) closed.Add(Guid.NewGuid());
        Assert.True(closed.Contains(first));
        closed.Add(last);
        Assert.False(closed.Contains(first));
        _time.Advance(ClosedSessions.Kept);
        Assert.True(closed.Contains(last));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(closed.Contains(last));
    }

    private SessionId Add(SessionId? id = null, bool isAdmin = false)
    {
        var session = id ?? SessionId.New(TimeProvider.System);
        _table.Add(new MailboxSession(session, new SessionOrigin { Service = "imap", IsAdmin = isAdmin }, null, _time.GetUtcNow()));
        return session;
    }
}
