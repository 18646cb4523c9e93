using System.Runtime.CompilerServices;
using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Subscribers.Snapshots;

namespace MailGrains.Subscribers.Delivery;

/// <summary>
/// Starts a subscriber of one partition with a picture of the mailboxes: what the log ended with before the picture was begun is in it, so the events
/// follow from there. Of those that came while it was taken it knows which are in it.
/// </summary>
internal sealed class SnapshotStart(int partition, SubscriberServices services)
{
    private readonly Dictionary<AccountId, long> _sequences = [];
    private long _until;

    /// <returns>The position behind which the events follow.</returns>
    public async Task<long> RunAsync(ISnapshotHandler handler, SnapshotSource source, CancellationToken stop)
    {
        _sequences.Clear();
        var before = await HeadAsync(stop);
        await handler.HandleSnapshotAsync(partition, NotedAsync(source.ReadAsync(partition, stop), stop), stop);
        _until = await HeadAsync(stop);
        return before;
    }

    /// <summary>The events are wanted whatever the picture has: somebody has moved the subscriber.</summary>
    public void Forget()
    {
        _until = 0;
        _sequences.Clear();
    }

    /// <summary>Whether an event is in the picture already.</summary>
    public bool Has(EventRecord record)
    {
        if (record.Position > _until)
        {
            // None that is in the picture comes after this one.
            if (_sequences.Count > 0) Forget();
            return false;
        }

        return _sequences.TryGetValue(record.Account, out var sequence) && record.Event.Sequence <= sequence;
    }

    private async Task<long> HeadAsync(CancellationToken stop) => (await services.Log.ReadHeadAsync(stop))[partition];

    private async IAsyncEnumerable<SnapshotRecord> NotedAsync(IAsyncEnumerable<SnapshotRecord> records, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var record in records.WithCancellation(stop))
        {
            _sequences[record.Account] = record.Sequence;
            yield return record;
        }
    }
}
