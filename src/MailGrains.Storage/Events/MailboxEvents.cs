using System.Runtime.CompilerServices;
using MailGrains.Model;

namespace MailGrains.Storage.Events;

/// <summary>Reads the log of one mailbox from end to end.</summary>
public static class MailboxEvents
{
    private const int Page = 1000;

    /// <summary>All events of a mailbox that are kept, in order; those that come while it is read too.</summary>
    /// <exception cref="StoreUnavailableException">The log can't be read now.</exception>
    public static IAsyncEnumerable<EventRecord> ReadAllAsync(this IEventLog log, AccountId account, CancellationToken cancellation) =>
        log.ReadAllAsync(account, 0, cancellation);

    /// <summary>The same, of the events with sequence numbers above <paramref name="after"/>.</summary>
    public static async IAsyncEnumerable<EventRecord> ReadAllAsync(
        this IEventLog log, AccountId account, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var page = await log.ReadMailboxAsync(account, after, Page, cancellation);
            foreach (var record in page) yield return record;
            if (page.Count < Page) yield break;
            after = page[^1].Event.Sequence;
        }
    }
}
