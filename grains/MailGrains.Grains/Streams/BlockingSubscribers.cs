using MailGrains.Model;
using MailGrains.Storage;
using MailGrains.Storage.Events;
using MailGrains.Storage.Subscribers;
using MailGrains.Subscribers;
using MailGrains.Subscribers.Delivery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Streams;

/// <summary>
/// The subscribers whose effect mailboxes wait for before they answer (ADR 42). Waiting is a part of the answer only: the change is committed and published by
/// then, and the mailbox goes on with other calls.
/// </summary>
internal sealed class BlockingSubscribers : IDisposable
{
    /// <summary>Events looked at for those of one change; a larger one waits for the last of them.</summary>
    private const int MostOfAChange = 256;

    private readonly IEventLog _log;
    private readonly BlockingGate[] _gates;
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    public BlockingSubscribers(IServiceProvider services, IEventLog log, IGrainFactory grains, TimeProvider time, ILogger<BlockingSubscribers> logger)
    {
        _log = log;

        // Where nobody was given subscribers there are no metrics of them either.
        var subscribers = services.GetService<SubscriberSet>()?.Where(s => s.Blocking is not null) ?? [];
        _gates = [.. subscribers.Select(s => new BlockingGate(
            s,
            log.Partitions,
            grains,
            services.GetRequiredService<ISubscriberStore>(),
            services.GetRequiredService<SubscriberMetrics>(),
            time,
            logger))];
        foreach (var gate in _gates) _types.UnionWith(gate.Policy.Types);
    }

    /// <summary>True: nobody ever waits.</summary>
    public bool IsEmpty => _gates.Length == 0;

    /// <summary>The sequence of the last of these events that is waited for; 0: none.</summary>
    public long LastAwaited(IReadOnlyList<EventWrite> events)
    {
        for (var i = events.Count - 1; i >= 0; i--)
        {
            if (_types.Contains(events[i].Type)) return events[i].Sequence;
        }

        return 0;
    }

    /// <summary>
    /// To be asked before a change is made whose event will have this type. False: a subscriber that must have it is known to be away, or has not
    /// started yet, so the change is better not made.
    /// </summary>
    public async ValueTask<bool> MayBeginAsync(AccountId account, string type)
    {
        var partition = EventPartition.Of(account, _log.Partitions);
        foreach (var gate in _gates)
        {
            if (gate.Policy.Types.Contains(type) && !await gate.MayBeginAsync(partition)) return false;
        }

        return true;
    }

    /// <summary>Waits until those who block for an event of the change that ends with this one have handled it, or their time is over.</summary>
    /// <returns>False: the change must not be acknowledged.</returns>
    public async Task<bool> ConfirmAsync(AccountId account, long sequence)
    {
        IReadOnlyList<EventRecord> change;
        long removed;
        try
        {
            (change, removed) = await ReadChangeAsync(account, sequence);
        }
        catch (StoreUnavailableException)
        {
            return _gates.All(g => g.Policy.OnTimeout == TimeoutAnswer.Accept);
        }

        var waits = _gates.SelectMany(gate => change.Where(e => gate.Policy.Types.Contains(e.Event.Type)).Select(gate.ConfirmAsync));
        if (removed > 0) waits = waits.Concat(_gates.Select(gate => gate.ConfirmRemovedAsync(EventPartition.Of(account, _log.Partitions), removed)));
        return (await Task.WhenAll(waits)).All(mayBeAcknowledged => mayBeAcknowledged);
    }

    /// <summary>
    /// The events of the change that ended with this one: they have one time. When the log may have lost some of them, also the position up to which it is
    /// shortened; else 0.
    /// </summary>
    private async Task<(IReadOnlyList<EventRecord> Events, long Removed)> ReadChangeAsync(AccountId account, long sequence)
    {
        if (await _log.ReadMailboxAsync(account, sequence - 1, limit: 1, CancellationToken.None) is not [var last, ..] || last.Event.Sequence != sequence)
            return ([], await RemovedAsync(account));

        // What brings messages makes one event of these types.
        if (BlockingPolicy.UsualTypes.Contains(last.Event.Type)) return ([last], 0);
        var from = Math.Max(0, sequence - MostOfAChange);
        var before = await _log.ReadMailboxAsync(account, from, MostOfAChange, CancellationToken.None);
        EventRecord[] change = [.. before.Where(e => e.Event.Sequence <= sequence && e.Event.At == last.Event.At)];
        var mayLack = change.Length == 0 || (change[0].Event.Sequence == before[0].Event.Sequence && before[0].Event.Sequence > from + 1);
        return (change, mayLack ? await RemovedAsync(account) : 0);
    }

    private Task<long> RemovedAsync(AccountId account) =>
        _log.BeforeFirstAsync(EventPartition.Of(account, _log.Partitions), CancellationToken.None);

    public void Dispose()
    {
        foreach (var gate in _gates) gate.Dispose();
    }
}
