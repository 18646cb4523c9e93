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
    private readonly List<(SessionUpdates Updates, long ModSeq)> _untold = [];
    private SessionOrigin _origin = origin;
    private IMailboxObserver? _observer;

    /// <summary>
    /// The mailbox's part of the session is not there, or is not known to be what the client was told: an answer that was lost may have told of changes.
    /// True until the session has been opened, and its folder selected, to the end.
    /// </summary>
    private bool _isStale = true;

    public AccountId Account => account;

    public MailboxEar Ear => ear;

    public SessionId Id { get; private set; } = SessionId.New(services.Time);

    /// <summary>What is selected; set by the session.</summary>
    public SelectedView? View
    {
        get;
        set
        {
            // What is untold of the folder left now is nobody's business in the next one.
            _untold.Clear();
            field = value;
        }
    }

    private bool OwesExpunges => _untold.Exists(u => !u.Updates.Expunged.IsEmpty);

    public Task OpenAsync(CancellationToken cancellation)
    {
        _observer = services.Grains.CreateObjectReference<IMailboxObserver>(ear);
        return CallAsync(static (_, _) => Task.FromResult(true), CallKinds.Repeatable, cancellation);
    }

    /// <summary>The client has said what it is. A mailbox that can't be told now is when the session is opened anew.</summary>
    public async Task IdentifyAsync(string client, CancellationToken cancellation)
    {
        _origin = _origin with { ClientId = client };
        try
        {
            await CallAsync((grain, id) => grain.IdentifySessionAsync(id, client), CallKinds.Repeatable, cancellation);
        }
        catch (MailboxException)
        {
            // ID is no question to the mailbox: that it can't be reached is for the next command to tell.
        }
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

    /// <summary>Has changes told to the client with what it missed while the session moved, in the order in which they came.</summary>
    /// <param name="updates">What changed.</param>
    /// <param name="highestModSeq">HIGHESTMODSEQ after it, where the call told it apart.</param>
    public void Tell(SessionUpdates updates, long highestModSeq)
    {
        if (!ReferenceEquals(updates, SessionUpdates.None)) _untold.Add((updates, highestModSeq));
    }

    /// <summary>What the client is to be told; each is given once.</summary>
    /// <param name="mayExpunge">
    /// False where no EXPUNGE may be sent now: while there is one to be told, nothing is given, as what comes after it is numbered as it leaves things.
    /// </param>
    public (SessionUpdates Updates, long ModSeq)[] TakeUntold(bool mayExpunge)
    {
        if (_untold.Count == 0 || (!mayExpunge && OwesExpunges)) return [];
        var untold = _untold.ToArray();
        _untold.Clear();
        return untold;
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
    /// <exception cref="SessionLostException">
    /// The client's view of the selected mailbox can't be taken up again; or the call is a change that was carried out or not.
    /// </exception>
    public async Task<T> CallAsync<T>(Func<IMailboxGrain, SessionId, Task<T>> call, CallKinds kinds, CancellationToken cancellation)
    {
        var patience = new Patience(services.Time);

        // A change that was sent, and neither answered nor refused, may have been made.
        bool sent = false, uncertain = false;
        for (var reopened = 0; ;)
        {
            try
            {
                if (_isStale) await ReopenAsync(cancellation);
                if (kinds.HasFlag(CallKinds.Numbered) && OwesExpunges) throw Renumbered(uncertain && !kinds.HasFlag(CallKinds.Known));
                sent = kinds.HasFlag(CallKinds.Change);
                return await call(_grain, Id);
            }
            catch (MailboxException unknown) when (unknown.Error == MailboxError.UnknownSession && reopened < MaxReopenings)
            {
                (_isStale, sent) = (true, false);
                reopened++;
                SessionMetrics.Reopened();
                Log.SessionReopened(services.Log, Id.ToString(), account);
            }
            catch (Exception failed) when (MayRepeat(CallFailures.Of(failed), kinds, patience))
            {
                uncertain |= sent && MayBeDone(failed);
                (_isStale, sent) = (true, false);
                SessionMetrics.Retried(failed);
                await patience.PauseAsync(cancellation);
            }
            catch (Exception failed) when (failed is not MailboxException && CallFailures.Of(failed) != CallFailure.Refused)
            {
                _isStale = true;
                Log.MailboxUnreachable(services.Log, failed, account, Id.ToString());
                if (uncertain || (sent && MayBeDone(failed))) throw SessionLostException.Uncertain();
                throw new MailboxException(MailboxError.Unavailable, "The mailbox cannot be reached at the moment");
            }
            catch (MailboxException refused) when (IsOpen(refused.Error, sent, uncertain))
            {
                _isStale = true;
                throw SessionLostException.Uncertain();
            }
        }
    }

    /// <summary>Errors after which nothing was done can be repeated always; the others leave open whether the call was carried out.</summary>
    private static bool MayRepeat(CallFailure failure, CallKinds kinds, Patience patience) =>
        (failure == CallFailure.NotDone || kinds.HasFlag(CallKinds.Repeatable)) && patience.AllowsRepetition(failure);

    private static bool MayBeDone(Exception failed) => CallFailures.Of(failed) != CallFailure.NotDone;

    /// <summary>
    /// Whether a change may have been made though its last try was refused: by that try itself, or by one before it, of which the last could not tell.
    /// That numbers have lost their meaning (<see cref="Renumbered"/>) settles nothing either, but was raised only for a call that is
    /// <see cref="CallKinds.Known"/>: its caller asks.
    /// </summary>
    private static bool IsOpen(MailboxError refusal, bool sent, bool uncertain) =>
        (sent && refusal == MailboxError.Uncertain)
        || (uncertain && refusal != MailboxError.ExpungeIssued
            && (!sent || refusal is MailboxError.Unavailable or MailboxError.Moved or MailboxError.UnknownSession));

    private static Exception Renumbered(bool uncertain) => uncertain
        ? SessionLostException.Uncertain()
        : new MailboxException(MailboxError.ExpungeIssued, "Messages were expunged");

    private async Task ReopenAsync(CancellationToken cancellation)
    {
        Id = Id.Anew();
        await _grain.OpenSessionAsync(Id, _origin, _observer).WaitAsync(cancellation);
        if (View is { } view) await SelectAgainAsync(view);
        _isStale = false;
    }

    private async Task SelectAgainAsync(SelectedView view)
    {
        if (!view.CanResume) throw new SessionLostException();
        IReadOnlyList<SessionUpdates> missed;
        try
        {
            missed = await ViewRepair.SelectAgainAsync(_grain, Id, view);
        }
        catch (MailboxException deleted) when (deleted.Error == MailboxError.NonExistent)
        {
            throw new SessionLostException();
        }

        // Worked out from what the client was told, it holds everything that came before and is not told yet.
        _untold.Clear();
        foreach (var updates in missed) Tell(updates, 0);
    }
}
