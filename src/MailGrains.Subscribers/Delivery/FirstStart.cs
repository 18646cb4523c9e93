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
        StartKind.Beginning => await FromBeginningAsync(await services.Log.BeforeFirstAsync(partition, stop), stop),
        _ => Kept(await services.Log.FindBeforeAsync(partition, subscriber.Start.At, stop), await services.Log.BeforeFirstAsync(partition, stop)),
    };

    private Task<long> FromBeginningAsync(long removed, CancellationToken stop) =>
        removed > 0 && subscriber.Handler is ISnapshotHandler handler && services.Snapshots is { } source
            ? _snapshot.RunAsync(handler, source, stop)
            : Task.FromResult(Kept(0, removed));

    /// <summary>A handler that makes a picture of the events must not begin with a part of it unless it was told to.</summary>
    private static long Kept(long start, long removed) => start > removed || removed == 0
        ? start
        : throw new LogShortenedException(
            $"the log begins with position {removed + 1}, so it can't have all it is to start with; give Start=kept, now or a later time");
}
