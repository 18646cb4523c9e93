using MailGrains.Grains.Cluster;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.Quotas;
using MailGrains.Grains.Mailboxes.Sessions;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Grains.Streams;
using MailGrains.Model;
using MailGrains.Model.Folders;
using MailGrains.Storage;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace MailGrains.Grains.Mailboxes;

/// <summary>
/// The mailbox. Every change has the same beats: what it needs is brought into memory; then, in one stretch without an await, it is checked
/// and applied to the head and its commit is queued; its answer is made from the published state when the commit is durable.
/// </summary>
[Reentrant]
[NotOnDrainingNodes]
internal sealed partial class MailboxGrain : Grain, IMailboxGrain
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromMinutes(5);

    private readonly AccountId _account;
    private readonly MailboxCensus _census;
    private readonly IMailboxStore _store;
    private readonly IEventLog _events;
    private readonly IBodyStore _bodies;
    private readonly MailboxLimits _limits;
    private readonly MailboxAudit _audit;
    private readonly TimeProvider _time;
    private readonly CommitPipeline _pipeline;
    private readonly FolderLoader _loader;
    private readonly QuotaWatch _quota;
    private readonly SessionTable _sessions;
    private readonly OperationMemory _operations;
    private readonly KnownOperations _known;
    private readonly BlockingSubscribers _blocking;
    private readonly ILogger _logger;
    private DateTimeOffset _keptUntil;

    public MailboxGrain(
        IGrainContext context,
        MailboxCensus census,
        IMailboxStore store,
        IEventLog events,
        IBodyStore bodies,
        ICommitter committer,
        BlockingSubscribers blocking,
        IOptions<MailboxLimits> limits,
        IOptions<MailboxAudit> audit,
        TimeProvider time,
        ILogger<MailboxGrain> logger)
    {
        _account = new AccountId(context.GrainId.GetGuidKey());
        _census = census;
        _store = store;
        _events = events;
        _bodies = bodies;
        _blocking = blocking;
        _limits = limits.Value;
        _audit = audit.Value;
        _logger = logger;
        _time = time;
        _operations = new OperationMemory(time);
        _known = new KnownOperations(most => store.ListOperationsAsync(_account, most, CancellationToken.None));
        _quota = new QuotaWatch(_account, store, _limits);
        _sessions = new SessionTable(_account, _limits.MaxSessions, time, logger);
        _pipeline = new CommitPipeline(_account, store, committer, logger)
        {
            OnPublished = _sessions.Notify,
            OnFenced = DeactivateOnIdle,
        };
        _loader = new FolderLoader(_account, store, _pipeline, ClaimAsync, logger);
    }

    /// <summary>May be asked from any thread.</summary>
    internal int SessionCount => _sessions.Count;

    private MailboxState Published => _pipeline.Published!;

    /// <summary>A store that can't be written to now is no reason to fail the activation: each call tries again and says so.</summary>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_loader.Claimed() is { } claiming) await claiming;
        }
        catch (MailboxException failure) when (failure.IsTemporary)
        {
        }

        _census.Add(this, GrainContext);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await WriteRecentAsync(cancellationToken);
        _census.Remove(this);

        // They ask at once; what they ask waits here until the mailbox is open on its next node.
        _sessions.TellMoved();
    }

    private async Task WriteRecentAsync(CancellationToken cancellationToken)
    {
        if (_pipeline.Head is not { } head || _pipeline.Recent.Unwritten(head).ToList() is not { Count: > 0 } unwritten) return;
        var turn = Turn(SessionId.None, TurnOrigin.Administration);
        foreach (var folder in unwritten) turn.Set(folder);
        try
        {
            await _pipeline.CommitAsync(turn).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is MailboxException or OperationCanceledException)
        {
            // \Recent is then shown once more; the failure itself is logged where it happened.
        }
    }

    public Task<MailboxTotals> TotalsAsync() => ReadAsync(state => new MailboxTotals(
        state.Folders.Count, state.Head.Messages, state.Head.SizeBytes, state.Head.ModSeq, state.Head.EventSequence, _sessions.Count,
        state.Head.LastEventHash));

    public Task<MailboxActivation> LocateAsync()
    {
        var state = _pipeline switch
        {
            { IsFenced: true } => "fenced",
            { Head: null } => "reading",
            { IsSettled: true } => "settled",
            _ => "committing",
        };
        var silo = GrainContext.Address.SiloAddress!.ToParsableString();
        return Task.FromResult(new MailboxActivation(silo, _pipeline.Epoch, state, _sessions.Count));
    }

    public async Task<bool> RecountAsync()
    {
        while ((_loader.Claimed() ?? FirstUnloaded()) is { } loading) await loading;
        var turn = Turn(SessionId.None, TurnOrigin.Administration);
        RecountTurn.Apply(turn);
        if (turn.IsEmpty) return false;
        await _pipeline.CommitAsync(turn);
        return true;
    }

    private Task? FirstUnloaded()
    {
        foreach (var id in _pipeline.Head!.Folders.Keys)
        {
            if (_loader.Whole(id) is { } loading) return loading;
        }

        return null;
    }

    /// <summary>The claim, and for a mailbox that never was before its first folders.</summary>
    private async Task ClaimAsync()
    {
        await _pipeline.ClaimAsync();
        _quota.Forget();
        _known.Forget();
        if (_pipeline.Head!.Head.LastFolder > 0) return;
        var turn = Turn(SessionId.None, TurnOrigin.Administration);
        FolderTurn.CreateMailbox(turn);
        await _pipeline.CommitAsync(turn);
    }

    private async Task<T> ReadAsync<T>(Func<MailboxState, T> read)
    {
        while (_loader.Readable() is { } claiming) await claiming;
        return read(Published);
    }

    /// <summary>Without a session it is the administration that acts.</summary>
    private MailboxTurn Turn(MailboxSession? session) => session switch
    {
        null => Turn(SessionId.None, TurnOrigin.Administration),
        { IsAnnounced: true } => Turn(session.Id, session.Origin),
        _ => throw MailboxFault.UnknownSession(),
    };

    private MailboxTurn Turn(SessionId session, SessionOrigin origin) =>
        new(_pipeline.Head!, _account, _pipeline.Epoch, new TurnOrigin(session, origin, Now()), _limits);

    /// <summary>For acts that may come without a session.</summary>
    private MailboxTurn TurnOf(SessionId session) =>
        session == SessionId.None ? Turn(session, TurnOrigin.Administration) : Turn(_sessions.Get(session));

    private MailboxSession Session(SessionId id)
    {
        var session = _sessions.Get(id);
        KeepAlive();
        return session;
    }

    private static Selection Selected(MailboxSession session) => session.Selection ?? throw MailboxFault.NotSelected();

    private static Selection Writable(MailboxSession session) =>
        Selected(session) is { IsReadOnly: false } selection ? selection : throw MailboxFault.ReadOnly();

    /// <summary>Event times are kept in µs.</summary>
    private DateTimeOffset Now()
    {
        var now = _time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>
    /// Idle collection must not end sessions that are only quiet; and where sessions live long, memory is looked after from time to time.
    /// </summary>
    private void KeepAlive()
    {
        var now = _time.GetUtcNow();
        if (_keptUntil - now > SessionTable.Lifetime - RenewEvery) return;
        _keptUntil = now + SessionTable.Lifetime;
        DelayDeactivation(SessionTable.Lifetime);
        if (_pipeline.IsSettled) _loader.Trim(_sessions.HasSelected);
    }

    private static string Normal(string path) =>
        FolderPath.TryNormalize(path, out var normal) ? normal : throw MailboxFault.NonExistent();

    private static string NewName(string path)
    {
        var name = path.EndsWith(FolderPath.Separator) ? path[..^1] : path;
        return FolderPath.TryNormalize(name, out var normal) ? normal : throw MailboxFault.BadName();
    }
}
