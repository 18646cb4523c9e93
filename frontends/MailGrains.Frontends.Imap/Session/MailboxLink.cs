using MailGrains.Grains.Contracts.Calls;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>
/// A session's line to its mailbox. When the mailbox moves to another node, or an answer does not come, the session is opened anew under the same
/// id, its folder selected again, and what the client missed in between is worked out and kept for the next untagged responses; then the call is
/// repeated, where that is safe.
/// </summary>
internal sealed class MailboxLink(ImapServices services, AccountId account, SessionOrigin origin, MailboxEar ear)
{
    /// <summary>A mailbox may move again while its session is being opened; one that does so for ever is broken.</summary>
    private const int MaxReopenings = 6;

    private readonly IMailboxGrain _grain = services.Grains.GetGrain<IMailboxGrain>(account.Value);
    private readonly List<SessionUpdates> _missed = [];
    private IMailboxObserver? _observer;

    public AccountId Account => account;

    public MailboxEar Ear => ear;

    public SessionId Id { get; private set; } = SessionId.New(services.Time);

    /// <summary>What is selected; set by the session.</summary>
    public SelectedView? View
    {
        get;
        set
        {
            // What was missed in the folder left now is nobody's business in the next one.
            _missed.Clear();
            field = value;
        }
    }

    public Task OpenAsync(CancellationToken cancellation)
    {
        _observer = services.Grains.CreateObjectReference<IMailboxObserver>(ear);
        return CallAsync(static (_, _) => Task.FromResult(true), CallKinds.Repeatable, reopen: true, cancellation);
    }

    /// <summary>Ends the session; a mailbox that can't be reached forgets it by itself.</summary>
    public async Task CloseAsync()
    {
        try
        {
            await _grain.CloseSessionAsync(Id);
        }
        catch (Exception unreachable) when (unreachable is MailboxException || CallFailures.Of(unreachable) != CallFailure.Refused)
        {
            // The activation, and with it the session, is gone already.
        }

        if (_observer is not null) services.Grains.DeleteObjectReference<IMailboxObserver>(_observer);
    }

    /// <summary>What the client missed while the session moved; each is given once.</summary>
    public IReadOnlyList<SessionUpdates> TakeMissed()
    {
        if (_missed.Count == 0) return [];
        var missed = _missed.ToArray();
        _missed.Clear();
        return missed;
    }

    public Task CallAsync(Func<IMailboxGrain, SessionId, Task> call, CallKinds kinds, CancellationToken cancellation) => CallAsync(
        async (grain, id) =>
        {
            await call(grain, id);
            return true;
        },
        kinds,
        cancellation);

    /// <summary>Calls the mailbox.</summary>
    /// <exception cref="MailboxException">The call was refused, or the mailbox could not be reached in good time.</exception>
    /// <exception cref="SessionLostException">The client's view of the selected mailbox can't be taken up again.</exception>
    public Task<T> CallAsync<T>(Func<IMailboxGrain, SessionId, Task<T>> call, CallKinds kinds, CancellationToken cancellation) =>
        CallAsync(call, kinds, reopen: false, cancellation);

    private async Task<T> CallAsync<T>(Func<IMailboxGrain, SessionId, Task<T>> call, CallKinds kinds, bool reopen, CancellationToken cancellation)
    {
        var patience = new Patience(services.Time);
        for (var reopened = 0; ;)
        {
            try
            {
                if (reopen) await ReopenAsync(kinds);
                reopen = false;
                return await call(_grain, Id);
            }
            catch (MailboxException unknown) when (unknown.Error == MailboxError.UnknownSession && reopened < MaxReopenings)
            {
                reopen = true;
                reopened++;
                SessionMetrics.Reopened();
                Log.SessionReopened(services.Log, Id.ToString(), account);
            }
            catch (Exception failed) when (MayRepeat(CallFailures.Of(failed), kinds, patience))
            {
                // It may have been carried out, and what its answer told of other sessions' changes is lost: they are worked out anew.
                reopen = true;
                SessionMetrics.Retried(failed);
                await patience.PauseAsync(cancellation);
            }
            catch (Exception failed) when (failed is not MailboxException && CallFailures.Of(failed) != CallFailure.Refused)
            {
                Log.MailboxUnreachable(services.Log, failed, account, Id.ToString());
                throw new MailboxException(MailboxError.Unavailable, "The mailbox cannot be reached at the moment");
            }
        }
    }

    /// <summary>Errors after which nothing was done can be repeated always; the others leave open whether the call was carried out.</summary>
    private static bool MayRepeat(CallFailure failure, CallKinds kinds, Patience patience) =>
        (failure == CallFailure.NotDone || kinds.HasFlag(CallKinds.Repeatable)) && patience.AllowsRepetition(failure);

    private async Task ReopenAsync(CallKinds kinds)
    {
        Id = Id.Anew();
        await _grain.OpenSessionAsync(Id, origin, _observer);
        if (View is not { } view) return;
        if (!view.CanResume) throw new SessionLostException();
        var missed = await ViewRepair.SelectAgainAsync(_grain, Id, view);
        if (kinds.HasFlag(CallKinds.Numbered) && missed.Any(m => !m.Expunged.IsEmpty)) throw new SessionLostException();
        _missed.AddRange(missed);
    }
}
