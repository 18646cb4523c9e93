using MailGrains.Model;
using MailGrains.Storage;
using MailGrains.Storage.Events;
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
    private readonly IEventLog _log;
    private readonly BlockingGate[] _gates;
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    public BlockingSubscribers(IServiceProvider services, IEventLog log, IGrainFactory grains, TimeProvider time, ILogger<BlockingSubscribers> logger)
    {
        _log = log;

        // Where nobody was given subscribers there are no metrics of them either.
        var subscribers = services.GetService<SubscriberSet>()?.Where(s => s.Blocking is not null) ?? [];
        _gates = [.. subscribers.Select(s => new BlockingGate(s, log.Partitions, grains, services.GetRequiredService<SubscriberMetrics>(), time, logger))];
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

    /// <summary>Waits until those who block for the type of this event have handled it, or their time is over.</summary>
    /// <returns>False: the change must not be acknowledged.</returns>
    public async Task<bool> ConfirmAsync(AccountId account, long sequence)
    {
        EventRecord? record;
        try
        {
            record = await _log.ReadMailboxAsync(account, sequence - 1, limit: 1, CancellationToken.None) is [var found, ..] ? found : null;
        }
        catch (StoreUnavailableException)
        {
            return _gates.All(g => g.Policy.OnTimeout == TimeoutAnswer.Accept);
        }

        // What has left the log was handled by all: retention takes nothing before.
        if (record is null || record.Event.Sequence != sequence) return true;
        var answers = await Task.WhenAll(_gates.Where(g => g.Policy.Types.Contains(record.Event.Type)).Select(g => g.ConfirmAsync(record)));
        return answers.All(mayBeAcknowledged => mayBeAcknowledged);
    }

    public void Dispose()
    {
        foreach (var gate in _gates) gate.Dispose();
    }
}
