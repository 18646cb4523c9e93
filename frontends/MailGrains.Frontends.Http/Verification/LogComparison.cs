using MailGrains.Grains.Contracts.Folders;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Views.Replay;

namespace MailGrains.Frontends.Http.Verification;

/// <summary>
/// A mailbox against what its log says that it is. The mailbox is in use, so the log is followed to the moment at which a part of it was read, and that part
/// is compared then.
/// </summary>
internal sealed class LogComparison(IEventLog log, AccountId account) : IDisposable
{
    private readonly EventChain _chain = new(log, account);
    private MailboxReplay? _replay;
    private (ReplayedEvent Event, BlobId Hash)? _next;
    private (long Sequence, BlobId Hash, long? ModSeq) _followed;
    private int _restarts;
    private long? _unreadable;

    /// <summary>Events that hold together, as far as the log was followed.</summary>
    public long Events => _chain.Events;

    private bool IsStopped => _chain.BrokenAt is not null || _unreadable is not null;

    /// <summary>After this event of the mailbox.</summary>
    public Task FollowToAsync(long sequence, CancellationToken cancellation) => FollowAsync(next => next.Sequence <= sequence, cancellation);

    /// <summary>A folder when its HIGHESTMODSEQ was this. Null: the log can't be followed, or doesn't know the folder.</summary>
    public async Task<ReplayedFolder?> FolderAtAsync(FolderStatus status, CancellationToken cancellation)
    {
        await FollowAsync(next => next.ModSeq <= status.HighestModSeq, cancellation);
        return IsStopped ? null : _replay?.Folders.GetValueOrDefault(status.Id.Value);
    }

    /// <summary>The folders and subscriptions as they are after the event up to which the log was followed.</summary>
    public IEnumerable<MailboxProblem> Compare(FolderTree tree)
    {
        if (IsStopped || _replay is not { } replay) yield break;
        foreach (var folder in tree.Folders)
        {
            if (replay.Folders.TryGetValue(folder.Id.Value, out var logged)) foreach (var problem in Compare(folder, logged)) yield return problem;
            else if (replay.IsWhole) yield return new MailboxProblem(folder.Path, null, "the log knows of no such folder");
        }

        var present = tree.Folders.Select(f => (long)f.Id.Value).ToHashSet();
        foreach (var missing in replay.Folders.Values.Where(f => !present.Contains(f.Id)).OrderBy(f => f.Id))
            yield return new MailboxProblem(missing.Path, null, "it is missing: by the log there is such a folder");
        if (!replay.IsWhole) yield break;
        foreach (var path in replay.Subscriptions.Except(tree.Subscriptions).Order(StringComparer.Ordinal))
            yield return new MailboxProblem(path, null, "its subscription is missing: by the log there is one");
        foreach (var path in tree.Subscriptions.Except(replay.Subscriptions))
            yield return new MailboxProblem(path, null, "the log knows of no subscription to it");
    }

    /// <summary>The event up to which the log was followed, against what the mailbox says is its last.</summary>
    /// <param name="last">What it said.</param>
    public async Task<MailboxProblem?> CompareEndAsync(MailboxTotals last, CancellationToken cancellation)
    {
        if (IsStopped) return null;
        if (_followed.Sequence < last.Events)
        {
            // Of a mailbox at rest all events may have been removed for their age.
            var isRemoved = _followed.Sequence == 0 && await log.BeforeFirstAsync(EventPartition.Of(account, log.Partitions), cancellation) > 0;
            return isRemoved ? null : Of($"its last event is number {last.Events}, but the log ends with {_followed.Sequence}: its end was cut off");
        }

        if (_followed.Sequence > last.Events) return null;
        if (last.EventHash is { } hash && hash != _followed.Hash)
            return Of($"its last event, number {last.Events}, has the hash {hash}, but the one in the log has {_followed.Hash}");
        return _followed.ModSeq is { } told && told != last.ModSeq ? Of($"its MODSEQ is {last.ModSeq}, by its last event {told}") : null;
    }

    /// <summary>Follows the log to its end, and says what keeps it from that.</summary>
    public async Task<MailboxProblem?> FollowToEndAsync(CancellationToken cancellation)
    {
        await FollowAsync(_ => true, cancellation);
        if (_chain.BrokenAt is { } broken) return Of($"the chain of events is broken at number {broken}");
        return _unreadable is { } number ? Of($"event {number} can't be read") : null;
    }

    /// <summary>The end of the log, after it was followed to it.</summary>
    /// <param name="later">What the mailbox said when everything was shown that had been durable then.</param>
    public MailboxProblem? CompareBeyond(MailboxTotals later) => !IsStopped && _followed.Sequence > later.Events
        ? Of($"its last event is number {later.Events}, but the log goes on to {_followed.Sequence}")
        : null;

    public void Dispose() => _next?.Event.Dispose();

    private static MailboxProblem Of(string problem) => new(null, null, problem);

    private static IEnumerable<MailboxProblem> Compare(FolderInfo folder, ReplayedFolder logged)
    {
        if (folder.Path != logged.Path) yield return new MailboxProblem(folder.Path, null, $"by the log its name is {logged.Path}");
        if (folder.SpecialUse != logged.SpecialUse)
            yield return new MailboxProblem(folder.Path, null, $"its use is {folder.SpecialUse ?? "none"}, by the log {logged.SpecialUse ?? "none"}");
    }

    private async Task FollowAsync(Func<ReplayedEvent, bool> isNext, CancellationToken cancellation)
    {
        while (await PeekAsync(cancellation) is var (next, hash) && isNext(next))
        {
            _replay!.Apply(next);
            _followed = (next.Sequence, hash, next.ModSeq);
            next.Dispose();
            _next = null;
        }
    }

    private async Task<(ReplayedEvent Event, BlobId Hash)?> PeekAsync(CancellationToken cancellation)
    {
        if (_next is not null || IsStopped) return _next;
        if (await _chain.NextAsync(cancellation) is not { } record) return null;
        if (_replay is null || _restarts != _chain.Restarts)
        {
            (_replay, _restarts) = (new MailboxReplay(_chain.IsWhole), _chain.Restarts);
            _followed = (record.Event.Sequence - 1, record.Event.PreviousHash, null);
        }

        if (ReplayedEvent.TryRead(record) is { } next) _next = (next, record.Event.Hash);
        else _unreadable = record.Event.Sequence;
        return _next;
    }
}
