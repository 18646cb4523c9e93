using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Frontends.Http.Verification;

/// <summary>Follows the hash chain of a mailbox's events, from the first on that is kept, an event at a time.</summary>
internal sealed class EventChain(IEventLog log, AccountId account)
{
    private const int EventsAtOnce = 1000;

    private readonly int _partition = EventPartition.Of(account, log.Partitions);
    private IReadOnlyList<EventRecord> _batch = [];
    private int _passed;
    private long _removed;
    private bool _hasBegun;

    /// <summary>How many events hold together.</summary>
    public long Events => Sequence - _removed;

    /// <summary>The last event that was followed; 0: none.</summary>
    public long Sequence { get; private set; }

    /// <summary>Its hash.</summary>
    public BlobId Hash { get; private set; }

    /// <summary>The number of the first event that doesn't hold; nothing is followed behind it.</summary>
    public long? BrokenAt { get; private set; }

    /// <summary>The first event that was followed is the mailbox's first.</summary>
    public bool IsWhole => _removed == 0;

    /// <summary>How often it was begun anew, as events that were to come next had been removed.</summary>
    public int Restarts { get; private set; }

    /// <summary>Follows the chain to its end, or to where it is broken.</summary>
    /// <returns>How many events hold together, and the number of the first that doesn't.</returns>
    public async Task<(long Events, long? BrokenAt)> VerifyAsync(CancellationToken cancellation)
    {
        while (await NextAsync(cancellation) is not null)
        {
        }

        return (Events, BrokenAt);
    }

    /// <summary>The next event, when it holds. Null: there is none now, or the chain is broken.</summary>
    public async ValueTask<EventRecord?> NextAsync(CancellationToken cancellation)
    {
        if (BrokenAt is not null) return null;
        if (_passed == _batch.Count && !await ReadAsync(cancellation)) return null;
        var record = _batch[_passed];
        var (next, one) = (Sequence + 1, record.Event);
        if (record.Partition != _partition || one.Sequence != next || one.PreviousHash != Hash || !EventHash.IsThatOf(record))
        {
            BrokenAt = next;
            return null;
        }

        _passed++;
        (Sequence, Hash) = (next, one.Hash);
        return record;
    }

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        if (!_hasBegun)
        {
            if (await BeginningAsync(cancellation) is not { } first) return false;
            Begin(first);
            _hasBegun = true;
        }

        while (true)
        {
            (_batch, _passed) = (await log.ReadMailboxAsync(account, Sequence, EventsAtOnce, cancellation), 0);
            if (_batch.Count == 0) return false;
            if (_batch[0].Event.Sequence == Sequence + 1) return true;

            // Those that were to come next may have been removed meanwhile, and with them all that was before.
            var now = await BeginningAsync(cancellation);
            if (now is { } beginning && beginning.Removed <= Sequence)
            {
                BrokenAt = Sequence + 1;
                return false;
            }

            Begin(now ?? (Hash, Sequence));
            Restarts++;
            if (now is not null) continue;
            (_batch, _passed) = ([], 0);
            return false;
        }
    }

    private void Begin((BlobId Last, long Removed) at) => (Hash, Sequence, _removed) = (at.Last, at.Removed, at.Removed);

    /// <summary>
    /// Where the oldest events are removed, the first that is kept says what it follows; the signed tree vouches for that. Null: there is no event.
    /// </summary>
    private async Task<(BlobId Last, long Removed)?> BeginningAsync(CancellationToken cancellation)
    {
        if (await log.ReadMailboxAsync(account, 0, 1, cancellation) is not [var first]) return null;
        if (first.Event.Sequence == 1) return default((BlobId, long));
        return await log.BeforeFirstAsync(first.Partition, cancellation) > 0 ? (first.Event.PreviousHash, first.Event.Sequence - 1) : default((BlobId, long));
    }
}
