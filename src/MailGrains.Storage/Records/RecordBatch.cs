using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>What the events of a part of one partition change, written in one transaction with the progress.</summary>
/// <param name="Subscriber">Under whose name the progress is kept.</param>
/// <param name="From">The progress there must be now; 0 before the first event.</param>
/// <param name="To">The progress afterwards: the last position of the part, also where nothing is to be recorded.</param>
/// <param name="Events">In the order of their positions; those that change nothing are left out.</param>
public sealed record RecordBatch(string Subscriber, int Partition, long From, long To, IReadOnlyList<RecordedEvent> Events)
{
    /// <summary>The chain hash of the event at <see cref="To"/>, by which the log is known again; null: not known.</summary>
    public BlobId? Hash { get; init; }
}
