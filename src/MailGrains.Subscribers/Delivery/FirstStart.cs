using MailGrains.Storage.Events;
using MailGrains.Subscribers.Snapshots;

namespace MailGrains.Subscribers.Delivery;

/// <summary>Where a subscriber that was never started in a partition starts there, and with which picture.</summary>
internal sealed class FirstStart(Subscriber subscriber, int partition, SubscriberServices services)
{
    private readonly SnapshotStart _snapshot = new(partition, services);

    /// <summary>Whether an event is in the picture it started with.</summary>
    public bool Has(EventRecord record) => _snapshot.Has(record);

    /// <summary>The events are wanted whatever the picture has: somebody has moved the subscriber.</summary>
    public void Forget() => _snapshot.Forget();

    /// <returns>The position behind which the events follow.</returns>
    /// <exception cref="LogShortenedException">What it is to start with is not in the log any more.</exception>
    public async Task<long> FindAsync(CancellationToken stop) => subscriber.Start.Kind switch
    {
        StartKind.Kept => await services.Log.BeforeFirstAsync(partition, stop),
        StartKind.Now => (await services.Log.ReadHeadAsync(stop))[partition],
        StartKind.Beginning => await FromBeginningAsync(stop),
        _ => await FromTimeAsync(subscriber.Start.At, stop),
    };

    private async Task<long> FromBeginningAsync(CancellationToken stop)
    {
        if (subscriber.Handler is ISnapshotHandler handler && services.Snapshots is { } source)
            return await services.Log.BeforeFirstAsync(partition, stop) > 0 ? await _snapshot.RunAsync(handler, source, stop) : 0;
        await CheckKeptAsync(DateTimeOffset.MinValue, stop);
        return 0;
    }

    private async Task<long> FromTimeAsync(DateTimeOffset time, CancellationToken stop)
    {
        await CheckKeptAsync(time, stop);
        return await services.Log.FindBeforeAsync(partition, time, stop);
    }

    /// <summary>
    /// A handler that makes a picture of the events must not begin with a part of it unless it was told to: neither where events are removed nor elsewhere,
    /// as it would have some mailboxes and look as if it had all. Where it has started, events are removed that it has handled.
    /// </summary>
    private async Task CheckKeptAsync(DateTimeOffset from, CancellationToken stop)
    {
        var places = await services.Store.ListSubscribersAsync(stop);
        var started = places.Where(p => p.Subscriber == subscriber.Name).Select(p => p.Partition).ToHashSet();
        foreach (var one in Enumerable.Range(0, services.Log.Partitions).Where(p => !started.Contains(p)).OrderBy(p => p != partition))
        {
            if (await services.Log.ReadAsync(one, 0, 1, stop) is not [{ Position: > 1 } first, ..] || first.Event.At < from) continue;
            var where = one == partition ? "the log" : $"partition {one}";
            throw new LogShortenedException(
                $"{where} begins with position {first.Position}, so it can't have all it is to start with; give Start=kept, now or a later time");
        }
    }
}
