using System.Runtime.CompilerServices;
using MailGrains.Compliance;
using MailGrains.Compliance.Search;
using MailGrains.Discovery.Queries;
using MailGrains.Grains.Contracts.Calls;
using MailGrains.Grains.Contracts.Cases;
using MailGrains.Grains.Contracts.Subscribers;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;

namespace MailGrains.Frontends.Http.Cases;

/// <summary>Carries out the searches of cases: first when they are asked, and again, with the same result, for whoever exports what they found.</summary>
internal sealed class CaseSearching(IRecordReader records, IContentIndex index, IEventLog log, IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Wake = TimeSpan.FromSeconds(2);

    private readonly MailboxSearch _search = new(records, index);

    /// <summary>
    /// Waits until record and index have all that is in the log now. False: they are still behind after half a minute. Those that don't get on are woken: their
    /// silo may be gone, and nothing may be written that would wake them.
    /// </summary>
    public async Task<bool> CatchUpAsync(CancellationToken cancellation)
    {
        var (started, woken, wanted) = (time.GetTimestamp(), time.GetTimestamp(), await HeadsAsync(cancellation));
        while (true)
        {
            var places = await Patience.CallAsync(time, () => grains.GetGrain<ISubscribersGrain>(0).ListAsync(), cancellation);
            var reached = places.Where(p => p.Subscriber is ArchiveSubscribers.Records or ArchiveSubscribers.FullText)
                .ToDictionary(p => (p.Subscriber, p.Partition), p => p.Position);
            var behind = wanted.Where(w => reached.GetValueOrDefault(w.Key) < w.Value).Select(w => w.Key).ToList();
            if (behind.Count == 0) return true;
            if (time.GetElapsedTime(started) > Longest) return false;
            if (time.GetElapsedTime(woken) > Wake)
            {
                await WakeAsync(behind, cancellation);
                woken = time.GetTimestamp();
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>The mailboxes of a search that is made now, and where each is.</summary>
    public async Task<IReadOnlyList<SearchedMailbox>> MailboxesAsync(
        IEnumerable<Custodian> custodians, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        var mailboxes = new List<SearchedMailbox>();
        foreach (var custodian in custodians)
        {
            var sequence = await records.FindSequenceAsync(custodian.Account, asOf ?? DateTimeOffset.MaxValue, cancellation);
            mailboxes.Add(new SearchedMailbox(custodian.Number, custodian.Account, custodian.Address, sequence, asOf is not null));
        }

        return mailboxes;
    }

    /// <summary>The mailboxes of a search that was made, as they were for it.</summary>
    public static IReadOnlyList<SearchedMailbox> MailboxesOf(CaseState state, CaseSearch search) =>
    [
        .. search.Custodians.Zip(search.Sequences).Select(pair =>
        {
            var custodian = state.Custodian(pair.First)!;
            return new SearchedMailbox(custodian.Number, custodian.Account, custodian.Address, pair.Second, search.AsOf is not null);
        }),
    ];

    public async IAsyncEnumerable<SearchPage> RunAsync(
        Query query, IReadOnlyList<SearchedMailbox> mailboxes, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var mailbox in mailboxes) yield return await _search.SearchAsync(query, mailbox, cancellation);
    }

    private async Task WakeAsync(IEnumerable<(string Subscriber, int Partition)> behind, CancellationToken cancellation)
    {
        foreach (var (subscriber, partition) in behind)
        {
            var key = new SubscriberKey(subscriber, partition).ToString();
            await Patience.CallAsync(time, () => WokenAsync(grains.GetGrain<ISubscriberGrain>(key)), cancellation);
        }
    }

    private static async Task<bool> WokenAsync(ISubscriberGrain subscriber)
    {
        await subscriber.NudgeAsync();
        return true;
    }

    /// <summary>Where record and index have to be: at the ends of the log.</summary>
    private async Task<Dictionary<(string Subscriber, int Partition), long>> HeadsAsync(CancellationToken cancellation) =>
        (await log.ReadHeadAsync(cancellation))
        .SelectMany((head, partition) => new[] { ArchiveSubscribers.Records, ArchiveSubscribers.FullText }.Select(name => (Key: (name, partition), head)))
        .ToDictionary(p => p.Key, p => p.head);
}
