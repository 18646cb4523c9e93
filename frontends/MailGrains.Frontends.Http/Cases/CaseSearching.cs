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
internal sealed class CaseSearching
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly IRecordReader _records;
    private readonly MailboxSearch _search;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly LogLag[] _lags;

    public CaseSearching(IRecordReader records, IContentIndex index, IEventLog log, IGrainFactory grains, TimeProvider time)
    {
        (_records, _search, _grains, _time) = (records, new MailboxSearch(records, index), grains, time);

        // The subscriber of the records may have been moved ahead of them; that of the index is only told of some events, so its position counts.
        _lags =
        [
            LagOf(ArchiveSubscribers.Records, cancellation => RecordedLog.ReadProgressAsync(records, ArchiveSubscribers.Records, log, cancellation)),
            LagOf(ArchiveSubscribers.FullText, cancellation => PositionsAsync(ArchiveSubscribers.FullText, cancellation)),
        ];

        LogLag LagOf(string subscriber, Func<CancellationToken, Task<IReadOnlyDictionary<int, long>>> progress) => new(progress, log, time)
        {
            Wake = (partition, cancellation) => WakeAsync(new SubscriberKey(subscriber, partition), cancellation),
        };
    }

    /// <summary>Waits until record and index have all that is in the log now. False: they are still behind after half a minute.</summary>
    public async Task<bool> CatchUpAsync(CancellationToken cancellation) =>
        (await Task.WhenAll(_lags.Select(lag => lag.HasCaughtUpAsync(Longest, cancellation)))).All(hasCaughtUp => hasCaughtUp);

    /// <summary>The mailboxes of a search that is made now, and where each is.</summary>
    public async Task<IReadOnlyList<SearchedMailbox>> MailboxesAsync(
        IEnumerable<Custodian> custodians, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        var mailboxes = new List<SearchedMailbox>();
        foreach (var custodian in custodians)
        {
            var sequence = await _records.FindSequenceAsync(custodian.Account, asOf ?? DateTimeOffset.MaxValue, cancellation);
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

    private async Task<IReadOnlyDictionary<int, long>> PositionsAsync(string subscriber, CancellationToken cancellation) =>
        (await Patience.CallAsync(_time, () => _grains.GetGrain<ISubscribersGrain>(0).ListAsync(), cancellation))
        .Where(p => p.Subscriber == subscriber).ToDictionary(p => p.Partition, p => p.Position);

    private Task WakeAsync(SubscriberKey key, CancellationToken cancellation) => Patience.CallAsync(
        _time,
        async () =>
        {
            await _grains.GetGrain<ISubscriberGrain>(key.ToString()).NudgeAsync();
            return true;
        },
        cancellation);
}
