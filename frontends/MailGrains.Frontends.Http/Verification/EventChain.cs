using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Frontends.Http.Verification;

/// <summary>Follows the hash chain of a mailbox's events, from the first on that is kept.</summary>
internal sealed class EventChain(IEventLog log)
{
    private const int EventsAtOnce = 1000;

    /// <returns>How many events hold together, and the number of the first that doesn't.</returns>
    public async Task<(long Events, long? BrokenAt)> VerifyAsync(AccountId account, CancellationToken cancellation)
    {
        var (last, removed) = await BeginningAsync(account, cancellation) ?? default;
        var sequence = removed;
        while (await log.ReadMailboxAsync(account, sequence, EventsAtOnce, cancellation) is { Count: > 0 } batch)
        {
            if (batch[0].Event.Sequence != sequence + 1)
            {
                // Those that were to come next may have been removed meanwhile, and with them all that was before.
                if (await BeginningAsync(account, cancellation) is not { } now) return (0, null);
                if (now.Removed <= sequence) return (sequence - removed, sequence + 1);
                (last, sequence, removed) = (now.Last, now.Removed, now.Removed);
                continue;
            }

            foreach (var (_, _, _, one) in batch)
            {
                var expected = EventHash.Compute(last, account, sequence + 1, one.At, one.Type, one.Payload.Span);
                if (one.Sequence != sequence + 1 || one.PreviousHash != last || one.Hash != expected) return (sequence - removed, sequence + 1);
                (sequence, last) = (one.Sequence, one.Hash);
            }
        }

        return (sequence - removed, null);
    }

    /// <summary>
    /// Where the oldest events are removed, the first that is kept says what it follows; the signed tree vouches for that. Null: there is no event.
    /// </summary>
    private async Task<(BlobId Last, long Removed)?> BeginningAsync(AccountId account, CancellationToken cancellation)
    {
        if (await log.ReadMailboxAsync(account, 0, 1, cancellation) is not [var first]) return null;
        if (first.Event.Sequence == 1) return default((BlobId, long));
        return await log.BeforeFirstAsync(first.Partition, cancellation) > 0 ? (first.Event.PreviousHash, first.Event.Sequence - 1) : default((BlobId, long));
    }
}
