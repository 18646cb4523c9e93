using MailGrains.Storage.Commit;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Relational.Group;

/// <summary>
/// Writes groups, one at a time, on a connection of its own. When the connection dies while a group is under way, nobody has said how that ended:
/// <list type="number">
/// <item>a new connection takes over the writer's row, however long it takes to get one;</item>
/// <item>that row has the number of the last group that was committed, and which of its shares were fenced: when it is this group, that
/// is the outcome;</item>
/// <item>when it is not, nothing of the group was done and nothing can be any more, and it is sent again, or fails when one of its commits has waited
/// for too long.</item>
/// </list>
/// </summary>
/// <param name="engine">How a group is written.</param>
/// <param name="lost">Called when the connection has died, before anything is asked of the server on another.</param>
/// <param name="time">Of the pauses, and of who has waited for too long.</param>
/// <param name="log">For operators.</param>
internal sealed class GroupWriter(IGroupEngine engine, Action lost, TimeProvider time, ILogger log) : IAsyncDisposable
{
    private const int MostAttempts = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Guid _id = Guid.NewGuid();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _stopping = new();
    private IGroupSession? _session;
    private long _generation;
    private long _lastNumber;

    /// <summary>See <see cref="Mailboxes.IMailboxStore.CommitAsync"/>. Shares without a mailbox number are fenced.</summary>
    public async Task<CommitOutcome[]> WriteAsync(
        IReadOnlyList<MailboxCommit> group, int[] shareOf, List<MailboxShare> shares, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            ThrowIfClosing();
            var known = shares.FindAll(s => s.Mailbox is not null);
            foreach (var share in known.Count == 0 ? [] : await CommitAsync(group, shareOf, shares)) known[(int)share - 1].Mailbox = null;
            return Array.ConvertAll(shareOf, i => shares[i].Mailbox is null ? CommitOutcome.Fenced : CommitOutcome.Committed);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>From now on a group whose outcome is not known fails instead of waiting for the server, and no other is taken.</summary>
    public void StopWaiting()
    {
        _closing.Cancel();
        _stopping.Cancel();
    }

    /// <summary>Finishes the group that is under way, if the server answers, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _turn.WaitAsync();
        await LeaveAsync();
        await engine.DisposeAsync();
        _turn.Release();
    }

    /// <summary>Returns the fenced shares' numbers.</summary>
    private async Task<long[]> CommitAsync(IReadOnlyList<MailboxCommit> group, int[] shareOf, List<MailboxShare> shares)
    {
        for (var attempt = 1; ; attempt++)
        {
            var session = _session ??= await EnterAsync();
            ThrowIfLate(group);
            var number = ++_lastNumber;
            try
            {
                return await session.CommitAsync(group, shareOf, shares, number, _stopping.Token);
            }
            catch (Exception e) when (engine.RolledBack(e))
            {
                if (attempt < MostAttempts && engine.Repeats(e)) continue;
                if (engine.IsOfTheWork(e)) throw;
                log.GroupRefused(e);
                throw new StoreUnavailableException("The database can't be written now.", e);
            }
            catch (Exception e)
            {
                log.ConnectionLost(e, number);
                lost();
                var mark = await AskMarkAsync(e);
                log.OutcomeFound(number, mark.Number == number);
                if (mark.Number == number) return mark.Fenced;
                if (engine.IsOfTheWork(e)) throw;
                if (attempt >= MostAttempts) throw new StoreUnavailableException("The connection to the database was lost again and again.", e);
            }
        }
    }

    private async Task<WriterMark> AskMarkAsync(Exception cause)
    {
        await LeaveAsync();
        string? told = null;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                _session = await EnterAsync();
                return _session.Mark;
            }
            catch (StoreUnavailableException away)
            {
                if (_closing.IsCancellationRequested) throw Unknown(cause);
                var reason = (away.InnerException ?? away).Message;
                if (reason != told) log.CannotEnter(away.InnerException, reason);
                told = reason;
                await Task.Delay(pause, time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (_closing.IsCancellationRequested) throw Unknown(cause);
            }
        }
    }

    private async Task<IGroupSession> EnterAsync()
    {
        try
        {
            return await engine.EnterAsync(_id, ++_generation, _closing.Token);
        }
        catch (Exception e)
        {
            throw new StoreUnavailableException("The database can't be reached for writing now.", e);
        }
    }

    private static OutcomeUnknownException Unknown(Exception cause) => new("The store closes; a group's outcome is not known.", cause);

    private async ValueTask LeaveAsync()
    {
        var session = _session;
        _session = null;
        if (session is not null) await session.DisposeAsync();
    }

    private void ThrowIfLate(IReadOnlyList<MailboxCommit> group)
    {
        var now = time.GetTimestamp();
        for (var i = 0; i < group.Count; i++)
        {
            if (now >= group[i].GiveUpAt) throw new StoreUnavailableException("The database did not take it in good time.");
        }
    }

    private void ThrowIfClosing()
    {
        if (_closing.IsCancellationRequested) throw new StoreUnavailableException("The store is closed.");
    }
}
