namespace MailGrains.Subscribers.Snapshots;

/// <summary>
/// A handler that can start although the log's oldest events are removed: it takes what is in the mailboxes instead, and then the events since.
/// </summary>
public interface ISnapshotHandler : IEventHandler
{
    /// <summary>
    /// Takes the picture of all mailboxes of a partition, each as it is after the event with its <see cref="SnapshotRecord.Sequence"/>. Called before the
    /// first event of that partition, when it starts at the beginning of a log that has lost it. When it returns, all of it is durable; if it fails or the
    /// process ends before, it is called again, and the picture taken before counts no more. Afterwards come the events of the partition, of each
    /// mailbox those with higher sequences. After a crash soon after the start, lower ones may be among them: they are in the picture already.
    /// <para>
    /// When a node hangs and another takes over, both may be at it for a while. What the one makes of its records must not take the place of what the other
    /// made of records that were read later: a mailbox at a higher sequence stays.
    /// </para>
    /// </summary>
    /// <exception cref="HandlerUnavailableException">It can't work now: it is asked again.</exception>
    Task HandleSnapshotAsync(int partition, IAsyncEnumerable<SnapshotRecord> records, CancellationToken cancellation);
}
